package dev.understudy.system.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.understudy.schemas.event.ChangeEventDecoder;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityRow;
import dev.understudy.store.ModelEntityStore;
import dev.understudy.store.RecordState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * Each checker of the simulation sees a wrong outcome, made by hand; and is content with a right
 * one.
 */
final class ChecksTest {
    private static final EntityType ACCOUNT = Domain.CATALOG.entry("contoso.crm.Account").type();
    private static final UUID ONE = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);
    private static final TopicPartition PARTITION =
            new TopicPartition(Domain.topics().getFirst(), 0);

    private final World world = new World(1);
    private final Checks checks = new Checks(Domain.CATALOG, world);

    ChecksTest() {
        world.calmDown();
    }

    @Test
    void rowsInOrderAreNoViolation() {
        EntityRow parent = row(account(OTHER), RecordState.PLACEHOLDER, 0);

        assertThatCode(
                        () -> {
                            checks.committed(List.of(row(refersTo(ONE, OTHER), 1), parent));
                            checks.committed(
                                    List.of(row(refersTo(ONE, OTHER), 2), row(account(OTHER), 1)));
                            checks.committed(List.of(gone(ONE, 3), row(account(OTHER), 1)));
                            checks.committed(List.of(row(account(ONE), 4), row(account(OTHER), 1)));
                        })
                .doesNotThrowAnyException();
    }

    @Test
    void aReferenceToNothingIsSeen() {
        isSeen(
                Guarantee.FOREIGN_KEYS,
                () -> checks.committed(List.of(row(refersTo(ONE, OTHER), 1))));
    }

    @Test
    void aVersionThatFallsIsSeen() {
        isSeen(Guarantee.NEVER_BACK, () -> follow(row(account(ONE), 2), row(account(ONE), 1)));
    }

    @Test
    void aRowThatVanishesIsSeen() {
        checks.committed(List.of(gone(ONE, 1)));

        isSeen(Guarantee.NOTHING_LOST, () -> checks.committed(List.of()));
    }

    @Test
    void aPlaceholderInPlaceOfAnEntityIsSeen() {
        isSeen(
                Guarantee.PLACEHOLDER_OVERWRITES_NOTHING,
                () -> follow(row(account(ONE), 1), row(account(ONE), RecordState.PLACEHOLDER, 1)));
    }

    @Test
    void aPlaceholderInPlaceOfADeletionIsSeen() {
        isSeen(
                Guarantee.PLACEHOLDER_OVERWRITES_NOTHING,
                () -> follow(gone(ONE, 1), row(account(ONE), RecordState.PLACEHOLDER, 1)));
    }

    @Test
    void aDeletionThatIsUndoneIsSeen() {
        isSeen(Guarantee.DELETION_STAYS, () -> follow(gone(ONE, 1), row(account(ONE), 1)));
    }

    @Test
    void twoPlaceholdersForOneValueAreSeen() {
        isSeen(
                Guarantee.ONE_PLACEHOLDER,
                () ->
                        checks.committed(
                                List.of(
                                        row(numbered(ONE), RecordState.PLACEHOLDER, 0),
                                        row(numbered(OTHER), RecordState.PLACEHOLDER, 0))));
    }

    @Test
    void twoHoldersOfOneValueAreSeen() {
        isSeen(
                Guarantee.ONE_HOLDER,
                () -> checks.committed(List.of(row(numbered(ONE), 1), row(numbered(OTHER), 1))));
    }

    @Test
    void aValueThatIsCededIsHeldOnce() {
        EntityRow ceding =
                new EntityRow(
                        numbered(OTHER),
                        RecordState.HYDRATED,
                        new Version(1),
                        Instant.EPOCH,
                        ACCOUNT.alternateKeys());

        assertThatCode(() -> checks.committed(List.of(row(numbered(ONE), 1), ceding)))
                .doesNotThrowAnyException();
    }

    @Test
    void anOlderRecordThatComesLastIsSeen() {
        SimulatedKafka kafka = new SimulatedKafka(world, Domain.topics());
        publish(kafka, 2);
        assertThatCode(() -> Checks.lastIsHighest(kafka)).doesNotThrowAnyException();

        publish(kafka, 1);

        isSeen(Guarantee.LAST_IS_HIGHEST, () -> Checks.lastIsHighest(kafka));
    }

    @Test
    void anOffsetBeyondWhatIsStoredIsSeen() {
        SimulatedKafka kafka = new SimulatedKafka(world, Domain.topics());
        SimulatedPartition partition = kafka.partition(PARTITION);
        ModelEntityStore empty = new ModelEntityStore(Domain.CATALOG, Domain.TARGET);
        publish(kafka, 1);
        assertThatCode(() -> checks.offsets(empty, partition, 0, 0)).doesNotThrowAnyException();

        isSeen(
                Guarantee.OFFSETS_FOLLOW_DATABASE,
                () -> checks.offsets(empty, partition, 0, partition.end()));
    }

    @Test
    void whatTheReplicaDoesNotHaveIsSeen() {
        EntityRow owned = row(account(ONE), 2);

        differs(owned);
        differs(owned, row(account(ONE), 1));
        differs(owned, row(numbered(ONE), 2));
        differs(owned, gone(ONE, 2));
        differs(owned, row(account(ONE), RecordState.PLACEHOLDER, 2));
        differs(owned, owned, row(account(OTHER), 1));
        assertThatCode(() -> agree(List.of(owned), List.of(owned))).doesNotThrowAnyException();
    }

    @Test
    void whatCompactionMustHaveLeftIsSeenToLack() {
        SimulatedKafka empty = new SimulatedKafka(world, Domain.topics());
        SimulatedDatabase owner =
                new SimulatedDatabase(Domain.CATALOG, Domain.OWNER, world, _ -> {});
        owner.write(transaction -> {
            transaction.save(gone(ONE, 1));
            return true;
        });

        try (ChangeEventDecoder decoder =
                new ChangeEventDecoder(Map.of("schema.registry.url", "mock://checks"))) {
            isSeen(Guarantee.BACKFILL, () -> Backfill.check(world, empty, owner, decoder));
        }
    }

    private void follow(EntityRow before, EntityRow after) {
        checks.committed(List.of(before));
        checks.committed(List.of(after));
    }

    private static void differs(EntityRow owned, EntityRow... replica) {
        isSeen(Guarantee.NOTHING_LOST, () -> agree(List.of(owned), List.of(replica)));
    }

    private static void agree(List<EntityRow> owner, List<EntityRow> replica) {
        Checks.agree(Guarantee.NOTHING_LOST, owner, replica, Set.of());
    }

    private static void isSeen(Guarantee guarantee, ThrowingCallable wrong) {
        assertThatExceptionOfType(Violation.class)
                .isThrownBy(wrong)
                .withMessageStartingWith(guarantee + ": ");
    }

    private static void publish(SimulatedKafka kafka, long version) {
        ProducerRecord<byte[], byte[]> event =
                new ProducerRecord<>(
                        PARTITION.topic(), ONE.toString().getBytes(UTF_8), new byte[] {1});
        event.headers().add("ce_sequence", String.valueOf(version).getBytes(UTF_8));
        kafka.partition(PARTITION).append(event, SimulatedTransaction.none());
    }

    private static EntityContent account(UUID key) {
        return EntityContent.ofKey(ACCOUNT, new EntityKey.OfUuid(key));
    }

    private static EntityContent refersTo(UUID key, UUID parent) {
        return account(key).with(ACCOUNT.field("parentAccountId").orElseThrow(), parent);
    }

    private static EntityContent numbered(UUID key) {
        return account(key).with(ACCOUNT.field("accountNumber").orElseThrow(), "A-1");
    }

    private static EntityRow gone(UUID key, long version) {
        return row(account(key), RecordState.DELETED, version);
    }

    private static EntityRow row(EntityContent content, long version) {
        return row(content, RecordState.HYDRATED, version);
    }

    private static EntityRow row(EntityContent content, RecordState state, long version) {
        return new EntityRow(content, state, new Version(version), Instant.EPOCH);
    }
}
