package dev.understudy.replicator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.replicator.apply.Events;
import dev.understudy.replicator.breaker.Breaker;
import dev.understudy.schemas.topic.TopicNames;
import java.sql.SQLException;
import java.util.UUID;
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
            rig.publish(Events.contact(1000 + i, 1000 + i, 1));
        }
        Rig.eventually("contacts", () -> rig.hydrated("contact") >= 300);
        for (int i = 0; i < 300; i++) {
            rig.publish(Events.account(1000 + i, 1));
        }
        Rig.eventually("accounts", () -> rig.hydrated("account") >= 300);
        Rig.eventually("commits", rig::committedToTheEnd);

        assertThat(rig.read(TopicNames.receipts("europe"))).hasSizeGreaterThanOrEqualTo(600);
        Rig.eventually("no lag", () -> replication.lagSeconds() < 5);
    }

    @Test
    void anUndecodableRecordIsADeadLetterAndTheRestGoesOn() throws Exception {
        byte[] key = Events.key(1).text().getBytes(UTF_8);
        RecordMetadata damaged =
                rig.publishNow(
                        new ProducerRecord<>(
                                Events.ACCOUNTS.topic(),
                                1,
                                null,
                                key,
                                "damaged".getBytes(UTF_8),
                                rig.encode(Events.account(1, 1)).headers()));
        for (int i = 0; i < 100; i++) {
            rig.publish(Events.account(2000 + i, 1));
        }
        Rig.eventually(
                "the rest",
                () ->
                        rig.versions("account", "account_id").keySet().stream()
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

    @Test
    void whileTheDatabaseIsDownTheStreamWaitsAndThenGoesOnByItself() throws Exception {
        rig.publish(Events.account(3000, 1));
        Rig.eventually("a first row", () -> versionOf(3000) == 1);
        rig.postgres.kill();
        for (int i = 0; i < 500; i++) {
            rig.publish(Events.account(3000 + i, 2));
        }
        Rig.eventually("the breaker", () -> replication.breaker() instanceof Breaker.Open);
        assertThat(rig.committedToTheEnd()).isFalse();

        rig.postgres.start();

        Rig.eventually(
                "all rows",
                () ->
                        rig.versions("account", "account_id").entrySet().stream()
                                        .filter(row ->
                                                row.getKey().getLeastSignificantBits() >= 3000)
                                        .filter(row -> row.getValue() == 2)
                                        .count()
                                == 500);
        Rig.eventually("commits", rig::committedToTheEnd);
        assertThat(replication.breaker()).isInstanceOf(Breaker.Closed.class);
    }

    @Test
    void afterKafkaWasAwayTheStreamGoesOnByItself() throws Exception {
        rig.publish(Events.account(4000, 1));
        Rig.eventually("a first row", () -> versionOf(4000) == 1);
        rig.kafka.kill();
        for (int i = 0; i < 100; i++) {
            rig.publish(Events.account(4000 + i, 2));
        }

        rig.kafka.start();

        Rig.eventually("the first row again", () -> versionOf(4000) == 2);
        Rig.eventually("the last row", () -> versionOf(4099) == 2);
        Rig.eventually("commits", rig::committedToTheEnd);
    }

    private static long versionOf(int account) throws SQLException {
        return rig.versions("account", "account_id")
                .getOrDefault((UUID) Events.key(account).value(), 0L);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
