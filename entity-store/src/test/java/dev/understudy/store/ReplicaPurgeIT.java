package dev.understudy.store;

import static dev.understudy.store.Contoso.account;
import static dev.understudy.store.Contoso.deleted;
import static dev.understudy.store.Contoso.someAccount;
import static dev.understudy.store.Contoso.someTicket;
import static dev.understudy.store.Contoso.ticket;
import static dev.understudy.store.Contoso.upserted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.Position;
import dev.understudy.schemas.event.Version;
import dev.understudy.store.digest.DatabaseSide;
import dev.understudy.store.digest.DigestComparison;
import dev.understudy.store.digest.DigestOptions;
import dev.understudy.store.postgres.PostgresEntityStore;
import dev.understudy.store.purge.DeletionPurge;
import dev.understudy.store.purge.Echoes;
import dev.understudy.store.purge.PurgeOptions;
import dev.understudy.store.purge.PurgeOutcome;
import dev.understudy.store.purge.ReplicaPurge;
import dev.understudy.store.purge.TargetProgress;
import dev.understudy.store.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A replica purges what its owner purged, and takes no echo for news. */
@Timeout(60)
final class ReplicaPurgeIT {
    private static final String WAITING =
            """
            SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """;

    private static final Position LATER = new Position(1_000, 0);

    private final TestDatabase database = TestDatabase.withContoso();
    private final EntityStore store =
            new PostgresEntityStore(database.dataSource(), Contoso.CATALOG, "europe");
    private final ReplicaPurge purge = new ReplicaPurge(database.dataSource(), Contoso.CATALOG);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void onlyMarkersThatNothingRefersToGo() {
        EntityId marker = someAccount();
        EntityId referred = someAccount();
        EntityId hydrated = someAccount();
        store.apply(
                List.of(
                        upserted(ticket(someTicket(), referred), 1),
                        deleted(marker, 2),
                        deleted(referred, 2),
                        upserted(account(hydrated, "x"), 3)));
        assertThat(purged(marker, referred, hydrated, someAccount())).isEqualTo(1);
        assertThat(store.states(List.of(marker, referred, hydrated)))
                .isEqualTo(
                        Map.of(
                                referred, RecordState.DELETED,
                                hydrated, RecordState.HYDRATED));
    }

    @Test
    void eventFromBeforeThePurgeIsSuspectedAndALaterOneOfTheSameVersionIsNot() throws SQLException {
        EntityId id = someAccount();
        ChangeEvent deletion = deleted(id, 2);
        store.apply(List.of(deletion));
        Position last = deletion.metadata().position();
        assertThat(suspected(id, last)).isFalse();
        purged(id);
        assertThat(suspected(id, last)).isTrue();
        assertThat(suspected(id, new Position(last.epoch(), last.commitLsn() - 1))).isTrue();
        assertThat(suspected(someAccount(), last)).isTrue();
        assertThat(suspected(id, new Position(last.epoch(), last.commitLsn() + 1))).isFalse();
        assertThat(suspected(id, new Position(last.epoch() + 1, 0))).isFalse();
        assertThat(suspected(Contoso.someContact(), last)).isFalse();
    }

    @Test
    void echoOfAPurgedEntityIsStaleAndItsNextLifeIsNews() {
        EntityId id = someAccount();
        EntityId referred = someAccount();
        ChangeEvent birth = upserted(account(id, "first life"), 1);
        store.apply(List.of(birth, deleted(id, 2), deleted(referred, 2)));
        purged(id, referred);
        store.write(transaction -> transaction.place(List.of(referred)));
        assertThat(store.apply(List.of(birth, upserted(account(referred, "echo"), 1))))
                .hasOnlyElementsOfType(Outcome.Stale.class);
        assertThat(store.read(id)).isEmpty();
        assertThat(store.states(List.of(referred)))
                .containsEntry(referred, RecordState.PLACEHOLDER);
        assertThat(store.apply(List.of(upserted(account(id, "second life"), 3))))
                .hasOnlyElementsOfType(Outcome.Applied.class);
        assertThat(store.apply(List.of(birth, deleted(id, 2))))
                .hasOnlyElementsOfType(Outcome.Stale.class);
        assertThat(store.states(List.of(id))).containsEntry(id, RecordState.HYDRATED);
    }

    @Test
    void markerOfALaterDeletionStays() {
        EntityId id = someAccount();
        store.apply(List.of(deleted(id, 4)));

        assertThat(purged(LATER, 2, id)).isZero();

        assertThat(store.states(List.of(id))).containsEntry(id, RecordState.DELETED);
        assertThat(purged(LATER, 4, id)).isEqualTo(1);
    }

    @Test
    void markerThatTheReplicaIsNotCompleteUpToStays() throws SQLException {
        EntityId id = someAccount();
        ChangeEvent deletion = deleted(id, 2);
        Position last = deletion.metadata().position();
        store.apply(List.of(deletion));

        assertThat(purged(new Position(last.epoch(), last.commitLsn() - 1), 2, id)).isZero();

        assertThat(suspected(someAccount(), last)).as("an event on its way").isFalse();
        assertThat(purged(last, 2, id)).isEqualTo(1);
    }

    @Test
    void floorOfPositionsNeverFalls() throws SQLException {
        EntityId late = someAccount();
        EntityId early = someAccount();
        store.apply(List.of(deleted(late, 9), deleted(early, 2)));
        purged(late);
        purged(early);
        assertThat(suspected(early, deleted(late, 9).metadata().position())).isTrue();
    }

    @Test
    void purgeWaitsForABatchThatHasAskedForTheFloor() throws Exception {
        EntityId id = someAccount();
        store.apply(List.of(deleted(id, 2)));
        try (Connection batch = database.dataSource().getConnection()) {
            batch.setAutoCommit(false);
            Statements statements = new Statements(batch);
            Echoes.of(statements, Set.of(Contoso.ACCOUNT.fullName()));
            statements.flush();
            Thread purging = Thread.ofVirtual().start(() -> purged(id));
            while (database.query(WAITING).isEmpty()) {
                assertThat(store.read(id)).isPresent();
            }
            batch.commit();
            purging.join();
        }
        assertThat(store.read(id)).isEmpty();
    }

    @Test
    void digestOfAnOwnerThatPurgedAgreesWithAReplicaThatKeepsTheMarker() {
        try (TestDatabase ownerDatabase = TestDatabase.withContoso()) {
            EntityStore owner =
                    new PostgresEntityStore(ownerDatabase.dataSource(), Contoso.CATALOG, "us");
            EntityId id = someAccount();
            store.apply(List.of(deleted(id, 2)));
            owner.write(transaction -> {
                transaction.save(
                        new EntityRow(
                                account(id, ""),
                                RecordState.DELETED,
                                new Version(2),
                                Contoso.TIME));
                return true;
            });
            DeletionPurge ownersPurge =
                    new DeletionPurge(
                            ownerDatabase.dataSource(),
                            Contoso.CATALOG,
                            (_, _) -> {},
                            Clock.systemUTC(),
                            new PurgeOptions(Duration.ZERO, 10));
            TargetProgress target =
                    new TargetProgress("europe", Contoso.TIME.plus(Duration.ofDays(36_500)));
            assertThat(ownersPurge.purge(Contoso.ACCOUNT, List.of(target)))
                    .isInstanceOf(PurgeOutcome.Done.class);
            assertThat(owner.read(id)).isEmpty();
            DigestComparison comparison =
                    new DigestComparison(
                            new DatabaseSide(ownerDatabase.dataSource(), Contoso.CATALOG, 1),
                            new DatabaseSide(database.dataSource(), Contoso.CATALOG, 1),
                            new DigestOptions(100, 10, 10, 1, Duration.ZERO));
            assertThat(comparison.compare("contoso.crm.Account").agrees()).isTrue();
            store.apply(List.of(deleted(someAccount(), 3)));
            assertThat(comparison.compare("contoso.crm.Account").differences()).hasSize(1);
        }
    }

    private int purged(EntityId... ids) {
        return purged(LATER, 9, ids);
    }

    private int purged(Position complete, long version, EntityId... ids) {
        List<ReplicaPurge.Purged> purged =
                List.of(ids).stream()
                        .map(id -> new ReplicaPurge.Purged(id.key(), new Version(version)))
                        .toList();
        return purge.purged(Contoso.ACCOUNT, purged, complete);
    }

    private boolean suspected(EntityId id, Position position) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            Statements statements = new Statements(connection);
            Echoes echoes = Echoes.of(statements, Set.of(id.type().fullName()));
            statements.flush();
            return echoes.suspects(id.type().fullName(), position);
        }
    }
}
