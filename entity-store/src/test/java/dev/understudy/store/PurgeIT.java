package dev.understudy.store;

import static dev.understudy.store.Contoso.account;
import static dev.understudy.store.Contoso.someAccount;
import static dev.understudy.store.Contoso.someTicket;
import static dev.understudy.store.Contoso.ticket;
import static dev.understudy.store.Contoso.upserted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.schemas.event.Version;
import dev.understudy.store.postgres.PostgresEntityStore;
import dev.understudy.store.purge.DeletionPurge;
import dev.understudy.store.purge.PurgeOptions;
import dev.understudy.store.purge.PurgeOutcome;
import dev.understudy.store.purge.PurgedKeys;
import dev.understudy.store.purge.TargetProgress;
import dev.understudy.store.purge.VersionFloors;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An owner's purge removes what nobody needs, and only that. */
@Timeout(60)
final class PurgeIT {
    private static final Instant NOW = Contoso.TIME.plus(Duration.ofDays(100));

    private final TestDatabase database = TestDatabase.withContoso();
    private final EntityStore store =
            new PostgresEntityStore(database.dataSource(), Contoso.CATALOG, "europe");
    private final List<List<EntityId>> told = new ArrayList<>();
    private Instant now = NOW;

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void oldMarkerGoesWhenEveryTargetIsPastIt() {
        EntityId id = marker(7);
        assertThat(purge(europe(NOW))).isEqualTo(new PurgeOutcome.Done(1, 0, 0));
        assertThat(store.read(id)).isEmpty();
        assertThat(told).containsExactly(List.of(id));
    }

    @Test
    void markerStaysUntilTheSlowestTargetIsPastTheTimeAtWhichItWasSeen() {
        EntityId id = marker(2);
        TargetProgress slow = new TargetProgress("asia", NOW.minusMillis(1));
        assertThat(purge(europe(NOW.plusSeconds(9)), slow))
                .isEqualTo(new PurgeOutcome.Done(0, 0, 1));
        assertThat(store.read(id)).isPresent();
        assertThat(purge(europe(NOW), new TargetProgress("asia", NOW)))
                .isEqualTo(new PurgeOutcome.Done(1, 0, 0));
    }

    @Test
    void deletionThatWasWrittenLongBeforeItWasCommittedWaitsForItsCommit() {
        EntityId id = someAccount();
        save(id, RecordState.HYDRATED, 1);
        Instant beforeTheCommit = NOW.plusSeconds(60);
        store.write(transaction -> {
            transaction.save(row(id, RecordState.DELETED, 2));
            now = beforeTheCommit;
            assertThat(purge(europe(beforeTheCommit))).isEqualTo(new PurgeOutcome.Done(0, 0, 0));
            return true;
        });
        now = NOW.plusSeconds(120);
        assertThat(purge(europe(beforeTheCommit))).isEqualTo(new PurgeOutcome.Done(0, 0, 1));
        assertThat(store.read(id)).isPresent();
        assertThat(purge(europe(now))).isEqualTo(new PurgeOutcome.Done(1, 0, 0));
    }

    @Test
    void purgeIsRefusedWithoutTargetsOrIfOneIsUnknown() {
        EntityId id = marker(2);
        assertThat(purge())
                .isInstanceOfSatisfying(
                        PurgeOutcome.Refused.class,
                        refused -> assertThat(refused.reason()).contains("no target"));
        assertThat(purge(europe(NOW), new TargetProgress("asia", null)))
                .isInstanceOfSatisfying(
                        PurgeOutcome.Refused.class,
                        refused -> assertThat(refused.reason()).contains("'asia'"));
        assertThat(store.read(id)).isPresent();
    }

    @Test
    void youngMarkerStays() {
        now = Contoso.TIME.plus(Duration.ofDays(29));
        marker(2);
        assertThat(purge(europe(NOW))).isEqualTo(new PurgeOutcome.Done(0, 0, 0));
    }

    @Test
    void markerThatIsReferredToStaysAndIsCounted() {
        EntityId referred = someAccount();
        save(referred, RecordState.HYDRATED, 1);
        store.apply(List.of(upserted(ticket(someTicket(), referred), 1)));
        save(referred, RecordState.DELETED, 2);
        EntityId free = marker(2);
        assertThat(purge(europe(NOW))).isEqualTo(new PurgeOutcome.Done(1, 1, 0));
        assertThat(store.read(referred)).isPresent();
        assertThat(store.read(free)).isEmpty();
        database.execute("DELETE FROM contoso_crm.ticket");
        assertThat(purge(europe(NOW))).isEqualTo(new PurgeOutcome.Done(1, 0, 0));
    }

    @Test
    void markerThatAnAliasStandsForStays() {
        EntityId id = marker(2);
        EntityId alias = someAccount();
        store.write(transaction -> transaction.place(List.of(alias)));
        database.execute(
                "UPDATE contoso_crm.account SET \"_state\" = 'a', \"_alias_of\" = '%s' WHERE account_id = '%s'"
                        .formatted(id.key().text(), alias.key().text()));
        assertThat(purge(europe(NOW))).isEqualTo(new PurgeOutcome.Done(0, 1, 0));
    }

    @Test
    void everythingButMarkersStays() {
        EntityId hydrated = someAccount();
        EntityId placeholder = someAccount();
        save(hydrated, RecordState.HYDRATED, 1);
        store.write(transaction -> transaction.place(List.of(placeholder)));
        assertThat(purge(europe(NOW))).isEqualTo(new PurgeOutcome.Done(0, 0, 0));
        assertThat(store.read(hydrated)).isPresent();
        assertThat(store.read(placeholder)).isPresent();
    }

    @Test
    void entityThatLivesAgainIsNotPurgedForItsFirstDeath() {
        EntityId id = marker(2);
        purge(europe(NOW.minusSeconds(1)));
        save(id, RecordState.HYDRATED, 3);
        assertThat(purge(europe(NOW))).isEqualTo(new PurgeOutcome.Done(0, 0, 0));
        save(id, RecordState.DELETED, 4);
        now = NOW.plusSeconds(5);
        assertThat(purge(europe(NOW))).isEqualTo(new PurgeOutcome.Done(0, 0, 1));
        assertThat(purge(europe(now))).isEqualTo(new PurgeOutcome.Done(1, 0, 0));
    }

    @Test
    void floorIsTheHighestPurgedVersionAndOfItsTypeOnly() throws SQLException {
        assertThat(floor("contoso.crm.Account")).isEqualTo(Version.NONE);
        marker(7);
        marker(3);
        purge(europe(NOW));
        marker(5);
        purge(europe(NOW));
        assertThat(floor("contoso.crm.Account")).isEqualTo(new Version(7));
        assertThat(floor("contoso.crm.Contact")).isEqualTo(Version.NONE);
    }

    @Test
    void whoCreatesAnewReadsTheFloorAndWinsAgainstAMarkerThatAReplicaKept() {
        EntityId id = marker(7);
        purge(europe(NOW));
        Version next =
                store.write(transaction -> {
                    assertThat(transaction.lock(id)).isEmpty();
                    return transaction.floor(Contoso.ACCOUNT).next();
                });
        EntityStore replica = new ModelEntityStore(Contoso.CATALOG, "us");
        replica.apply(List.of(Contoso.deleted(id, 7)));
        assertThat(replica.apply(List.of(upserted(account(id, "again"), next.number()))))
                .containsExactly(new Outcome.Applied());
    }

    @Test
    void manyMarkersGoInBatches() {
        List<EntityId> ids = Stream.generate(() -> marker(2)).limit(25).sorted().toList();
        assertThat(purge(europe(NOW))).isEqualTo(new PurgeOutcome.Done(25, 0, 0));
        assertThat(told).hasSize(3).allMatch(batch -> batch.size() <= 10);
        assertThat(told.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void listenerThatThrowsKeepsMarkersAndFloor() throws SQLException {
        EntityId id = marker(2);
        PurgedKeys failing =
                (_, _) -> {
                    throw new IllegalStateException("not told");
                };
        assertThatThrownBy(() -> purge(failing, europe(NOW))).hasMessage("not told");
        assertThat(store.read(id)).isPresent();
        assertThat(floor("contoso.crm.Account")).isEqualTo(Version.NONE);
    }

    @Test
    void referenceThatComesDuringThePurgeWaitsAndFindsThePlaceholdersPlaceEmpty() throws Exception {
        EntityId id = marker(2);
        CountDownLatch removing = new CountDownLatch(1);
        AtomicReference<Outcome> outcome = new AtomicReference<>();
        Thread writer =
                Thread.ofVirtual()
                        .unstarted(() -> {
                            await(removing);
                            outcome.set(
                                    store.apply(List.of(upserted(ticket(someTicket(), id), 1)))
                                            .getFirst());
                        });
        writer.start();
        purge(
                (_, messages) -> {
                    removing.countDown();
                    messages.emit("understudy", "gone".getBytes(StandardCharsets.UTF_8));
                },
                europe(NOW));
        writer.join();
        assertThat(outcome.get()).isInstanceOf(Outcome.Applied.class);
        assertThat(store.read(id).orElseThrow().state())
                .isIn(RecordState.PLACEHOLDER, RecordState.DELETED);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private PurgeOutcome purge(TargetProgress... targets) {
        return purge((ids, _) -> told.add(ids), targets);
    }

    private PurgeOutcome purge(PurgedKeys purgedKeys, TargetProgress... targets) {
        return new DeletionPurge(
                        database.dataSource(),
                        Contoso.CATALOG,
                        purgedKeys,
                        Clock.fixed(now, ZoneOffset.UTC),
                        new PurgeOptions(Duration.ofDays(30), 10))
                .purge(Contoso.ACCOUNT, List.of(targets));
    }

    private static TargetProgress europe(Instant completeAsOf) {
        return new TargetProgress("europe", completeAsOf);
    }

    private EntityId marker(long version) {
        EntityId id = someAccount();
        save(id, RecordState.DELETED, version);
        return id;
    }

    private void save(EntityId id, RecordState state, long version) {
        store.write(transaction -> {
            transaction.save(row(id, state, version));
            return true;
        });
    }

    private static EntityRow row(EntityId id, RecordState state, long version) {
        return new EntityRow(account(id, "x"), state, new Version(version), Contoso.TIME);
    }

    private Version floor(String type) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            return VersionFloors.of(connection, type);
        }
    }
}
