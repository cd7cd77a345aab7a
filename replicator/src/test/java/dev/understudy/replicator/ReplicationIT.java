package dev.understudy.replicator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.replicator.apply.Events;
import dev.understudy.schemas.topic.TopicNames;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class ReplicationIT {
    private static Rig rig;

    private final Assembly replication = rig.replication();

    @BeforeAll
    static void open() throws Exception {
        rig = new Rig();
    }

    @AfterAll
    static void closeRig() throws Exception {
        rig.close();
    }

    @AfterEach
    void close() {
        replication.close();
    }

    @Test
    void childrenThatComeBeforeTheirParentsArriveAll() throws Exception {
        for (int i = 0; i < 300; i++) {
            rig.owner.send(Events.contact(1000 + i, 1000 + i, 1));
        }
        Rig.eventually("contacts", () -> rig.replica.hydrated("contact") >= 300);
        for (int i = 0; i < 300; i++) {
            rig.owner.send(Events.account(1000 + i, 1));
        }
        Rig.eventually("accounts", () -> rig.replica.hydrated("account") >= 300);
        Rig.eventually("commits", rig::committedToTheEnd);

        assertThat(rig.read(TopicNames.receipts("europe"))).hasSizeGreaterThanOrEqualTo(600);
        Rig.eventually("no lag", () -> replication.lagSeconds() < 5);
    }

    @Test
    void anUndecodableRecordIsADeadLetterAndTheRestGoesOn() throws Exception {
        byte[] key = Events.key(1).text().getBytes(UTF_8);
        RecordMetadata damaged =
                rig.owner.publish(
                        new ProducerRecord<>(
                                Events.ACCOUNTS.topic(),
                                1,
                                null,
                                key,
                                "damaged".getBytes(UTF_8),
                                rig.owner.encode(Events.account(1, 1)).headers()));
        for (int i = 0; i < 100; i++) {
            rig.owner.send(Events.account(2000 + i, 1));
        }
        Rig.eventually(
                "the rest",
                () ->
                        rig.replica.versions("account").keySet().stream()
                                        .filter(id -> id.getLeastSignificantBits() >= 2000)
                                        .count()
                                >= 100);
        Rig.eventually("commits", rig::committedToTheEnd);

        ConsumerRecord<byte[], byte[]> letter =
                rig.read(TopicNames.deadLetters("europe")).getFirst();
        assertThat(letter.key()).isEqualTo(key);
        assertThat(letter.value()).asString(UTF_8).isEqualTo("damaged");
        assertThat(header(letter, "ce_type")).isEqualTo("contoso.crm.Account.upserted");
        assertThat(header(letter, "understudy.origin.topic")).isEqualTo(damaged.topic());
        assertThat(header(letter, "understudy.origin.partition")).isEqualTo("1");
        assertThat(header(letter, "understudy.origin.offset"))
                .isEqualTo(Long.toString(damaged.offset()));
        assertThat(header(letter, "understudy.reason")).isEqualTo("undecodable");
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
