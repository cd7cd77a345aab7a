package dev.understudy.replicator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.replicator.apply.DeadLetterHeaders;
import dev.understudy.replicator.apply.Events;
import dev.understudy.replicator.apply.Redrive;
import dev.understudy.replicator.breaker.Breaker;
import dev.understudy.replicator.letters.DeadLetters;
import dev.understudy.replicator.letters.Decision;
import dev.understudy.replicator.letters.Letter;
import dev.understudy.replicator.letters.LetterDetail;
import dev.understudy.replicator.letters.LetterId;
import dev.understudy.replicator.letters.Selection;
import dev.understudy.schemas.UnderstudyException;
import dev.understudy.schemas.topic.TopicNames;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What cannot be applied, with real Kafka, registry and PostgreSQL. */
@Timeout(240)
class DeadLettersIT {
    private static final int ACCOUNTS = 50;

    private final Rig rig = new Rig();
    private Assembly replication = rig.replication();

    DeadLettersIT() throws Exception {}

    @AfterEach
    void close() {
        replication.close();
        rig.close();
    }

    /** Each fault has its reason, keeps what it came with, is counted, and holds nobody back. */
    @Test
    void eachFaultIsADeadLetterWithItsReasonAndHoldsNobodyBack() throws Exception {
        Map<String, ProducerRecord<byte[], byte[]>> spoilt = new HashMap<>();
        Map<String, String> reasons = new HashMap<>();
        Map<String, Integer> counts = new HashMap<>();
        for (Poison poison : Poison.ALL) {
            for (int partition = 0; partition < Rig.PARTITIONS; partition++) {
                publishAccounts(partition);
                ProducerRecord<byte[], byte[]> record =
                        poison.of(rig.owner.encode(Events.account(1, 1)), partition);
                String origin = origin(rig.owner.publish(record));
                spoilt.put(origin, record);
                reasons.put(origin, poison.reason());
                counts.merge(poison.reason(), 1, Integer::sum);
            }
        }
        // The database refuses a text with a NUL.
        ProducerRecord<byte[], byte[]> refused = rig.owner.encode(Events.named(1, 1, "a\0b"));
        String refusedOrigin = origin(rig.owner.publish(refused));
        spoilt.put(refusedOrigin, refused);
        reasons.put(refusedOrigin, "refused");
        counts.put("refused", 1);
        publishAccounts(0);

        Rig.eventually("the rest", () -> rig.replica.hydrated("account") == ACCOUNTS);
        Rig.eventually("commits", rig::committedToTheEnd);

        Map<String, String> written = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> letter : rig.read(TopicNames.deadLetters("europe"))) {
            String origin =
                    "%s-%s@%s"
                            .formatted(
                                    header(letter, DeadLetterHeaders.TOPIC),
                                    header(letter, DeadLetterHeaders.PARTITION),
                                    header(letter, DeadLetterHeaders.OFFSET));
            written.put(origin, header(letter, DeadLetterHeaders.REASON));
            assertThat(header(letter, DeadLetterHeaders.MESSAGE)).isNotBlank();
            assertThat(header(letter, DeadLetterHeaders.EXCEPTION)).isNotBlank();
            assertThat(letter.key()).isEqualTo(spoilt.get(origin).key());
            assertThat(letter.value()).isEqualTo(spoilt.get(origin).value());
            assertThat(DeadLetterHeaders.ofOrigin(letter.headers()))
                    .isEqualTo(spoilt.get(origin).headers());
        }
        assertThat(written).isEqualTo(reasons);
        assertThat(replication.breaker()).isInstanceOf(Breaker.Closed.class);
        counts.forEach(
                (reason, count) -> assertThat(counted(reason)).as(reason).isEqualTo(1.0 * count));
    }

    @Test
    void lettersAreListedShownRedrivenAndDiscardedAndStayThatWayAfterARestart() throws Exception {
        rig.owner.publish(Poison.NOT_AVRO.of(rig.owner.encode(Events.account(1, 1)), 0));
        rig.owner.publish(Poison.NOT_THE_OWNER.of(rig.owner.encode(Events.account(2, 1)), 1));
        rig.owner.publish(Events.named(3, 1, "a\0b"));
        DeadLetters letters = replication.deadLetters();
        Rig.eventually("letters", () -> letters.open() == 3);

        Letter undecodable = only(letters, "undecodable");
        LetterDetail detail = letters.show(undecodable.id()).orElseThrow();
        assertThat(detail.bytes().value())
                .contains(Base64.getEncoder().encodeToString("damaged".getBytes(UTF_8)));
        assertThat(detail.decoded().problem()).isPresent();
        assertThat(letters.show(only(letters, "refused").id()).orElseThrow().decoded().content())
                .hasValueSatisfying(content ->
                        assertThat(content.get("accountNumber").textValue()).isEqualTo("A-3"));
        assertThat(letters.show(new LetterId(0, 4711))).isEmpty();
        assertThat(letters.show(new LetterId(99, 0))).isEmpty();

        // What was wrong is wrong still: it says so, and stays.
        assertThat(letters.redrive(List.of(undecodable.id())).get(undecodable.id()))
                .isInstanceOfSatisfying(
                        Redrive.Result.Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo("undecodable"));
        assertThat(letters.open()).isEqualTo(3);
        assertThat(rig.read(TopicNames.deadLetters("europe"))).hasSize(3);
        letters.discard(List.of(undecodable.id()));
        assertThat(letters.open()).isEqualTo(2);

        restart();
        Rig.eventually("letters again", () -> replication.deadLetters().open() == 2);
        Rig.eventually(
                "the decision", () -> isDiscarded(replication.deadLetters(), undecodable.id()));
    }

    @Test
    void aRedriveAppliesTheOriginalBytesAndIsSafeAtAnyTime() throws Exception {
        rig.replica.execute("ALTER TABLE contoso_crm.account ADD CHECK (name <> 'Account 7 v1')");
        rig.replica.execute("ALTER TABLE contoso_crm.account ADD CHECK (name <> 'Account 8 v1')");
        rig.owner.publish(Events.account(7, 1));
        rig.owner.publish(Events.account(8, 1));
        DeadLetters letters = replication.deadLetters();
        Rig.eventually("letters", () -> letters.open() == 2);
        rig.owner.publish(Events.account(8, 2));
        Rig.eventually("a newer version", () -> version(8) == 2);
        assertThat(version(7)).isZero();
        rig.replica.execute("ALTER TABLE contoso_crm.account DROP CONSTRAINT account_name_check");
        rig.replica.execute("ALTER TABLE contoso_crm.account DROP CONSTRAINT account_name_check1");
        restart();
        Rig.eventually("letters again", () -> replication.deadLetters().open() == 2);

        List<LetterId> ids = replication.deadLetters().ids(Selection.ALL, Optional.empty(), 10);
        assertThat(replication.deadLetters().redrive(ids).values())
                .containsExactlyInAnyOrder(
                        new Redrive.Result.Done("applied"), new Redrive.Result.Done("stale"));

        assertThat(version(7)).isEqualTo(1);
        assertThat(version(8)).isEqualTo(2);
        assertThat(replication.deadLetters().open()).isZero();
        Rig.eventually("the receipts", () -> rig.read(TopicNames.receipts("europe")).size() >= 3);
        restart();
        Rig.eventually("the decisions", () -> isRedriven(replication.deadLetters(), ids));
        assertThat(replication.deadLetters().open()).isZero();
    }

    @Test
    void whatAnotherReplicatorDecidedIsKnownHere() throws Exception {
        for (int i = 0; i < 5; i++) {
            rig.owner.publish(Poison.NOT_AVRO.of(rig.owner.encode(Events.account(i, 1)), i % 4));
        }
        try (Assembly other = rig.replication()) {
            Rig.eventually("letters here", () -> replication.deadLetters().open() == 5);
            Rig.eventually("letters there", () -> other.deadLetters().open() == 5);

            List<LetterId> first = other.deadLetters().ids(Selection.ALL, Optional.empty(), 2);
            List<LetterId> second =
                    other.deadLetters().ids(Selection.ALL, Optional.of(first.getLast()), 10);
            assertThat(first).hasSize(2);
            assertThat(second).hasSize(3).doesNotContainAnyElementsOf(first);
            other.deadLetters().discard(first);

            Rig.eventually("decisions here", () -> replication.deadLetters().open() == 3);
            assertThat(replication.deadLetters().ids(Selection.ALL, Optional.empty(), 10))
                    .containsExactlyElementsOf(second);
        }
    }

    @Test
    void aRedriveThatTheDatabaseCannotTakeNowLeavesTheLetterOpen() throws Exception {
        rig.replica.execute("ALTER TABLE contoso_crm.account ADD CHECK (name <> 'Account 7 v1')");
        rig.owner.publish(Events.account(7, 1));
        DeadLetters letters = replication.deadLetters();
        Rig.eventually("a letter", () -> letters.open() == 1);
        rig.postgres.kill();

        LetterId id = only(letters, "refused").id();
        assertThat(letters.redrive(List.of(id)).get(id))
                .isInstanceOf(Redrive.Result.Unavailable.class);

        assertThat(letters.open()).isEqualTo(1);
    }

    private void restart() {
        replication.close();
        replication = rig.replication();
    }

    private void publishAccounts(int partition) {
        for (int i = 0; i < ACCOUNTS; i++) {
            ProducerRecord<byte[], byte[]> good = rig.owner.encode(Events.account(100 + i, 1));
            rig.owner.send(
                    new ProducerRecord<>(
                            good.topic(),
                            partition,
                            null,
                            good.key(),
                            good.value(),
                            good.headers()),
                    (_, _) -> {});
        }
    }

    private double counted(String reason) {
        return rig.meters.get("understudy.dead.letters").tag("reason", reason).counter().count();
    }

    private long version(int account) throws Exception {
        return rig.replica.versions("account").getOrDefault((UUID) Events.key(account).value(), 0L);
    }

    private static Letter only(DeadLetters letters, String reason) {
        Selection selection = new Selection(Optional.of(reason), Optional.empty());
        List<Letter> page = letters.whole(letters.ids(selection, Optional.empty(), 10));
        assertThat(page).hasSize(1);
        return page.getFirst();
    }

    private static boolean isDiscarded(DeadLetters letters, LetterId id) {
        return decision(letters, id).filter(Decision.Kind.DISCARDED::equals).isPresent();
    }

    private static boolean isRedriven(DeadLetters letters, List<LetterId> ids) {
        return ids.stream()
                .allMatch(id ->
                        decision(letters, id).filter(Decision.Kind.REDRIVEN::equals).isPresent());
    }

    /** Nothing, too, while the letters are still being read. */
    private static Optional<Decision.Kind> decision(DeadLetters letters, LetterId id) {
        try {
            return letters.decision(id).map(Decision::kind);
        } catch (UnderstudyException _) {
            return Optional.empty();
        }
    }

    private static String origin(RecordMetadata where) {
        return "%s-%d@%d".formatted(where.topic(), where.partition(), where.offset());
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return DeadLetterHeaders.read(record.headers(), name).orElseThrow();
    }
}
