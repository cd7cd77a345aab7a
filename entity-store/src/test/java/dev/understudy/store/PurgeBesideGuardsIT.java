package dev.understudy.store;

import static dev.understudy.store.Contoso.account;
import static dev.understudy.store.Contoso.deleted;
import static dev.understudy.store.Contoso.someAccount;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.event.Position;
import dev.understudy.schemas.event.Version;
import dev.understudy.store.guard.Guards;
import dev.understudy.store.postgres.PostgresEntityStore;
import dev.understudy.store.purge.DeletionPurge;
import dev.understudy.store.purge.PurgeOptions;
import dev.understudy.store.purge.PurgeOutcome;
import dev.understudy.store.purge.ReplicaPurge;
import dev.understudy.store.purge.TargetProgress;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Markers that tables which are not ours refer to stay, and no other one for them. */
@Timeout(60)
final class PurgeBesideGuardsIT {
    private static final Instant NOW = Contoso.TIME.plus(Duration.ofDays(100));

    private final TestDatabase database = TestDatabase.withContoso();
    private final EntityStore store =
            new PostgresEntityStore(database.dataSource(), Contoso.CATALOG, "europe");

    @BeforeEach
    void install() {
        Guards.install(database.dataSource(), Contoso.CATALOG);
        database.execute("CREATE SCHEMA \"Help desk\"");
        database.execute("CREATE TABLE \"Help desk\".\"Visit\" (id serial, \"To\" uuid)");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"row", "statement"})
    void markerThatAGuardedTableRefersToStaysAndTheOthersGo(String each) {
        guard(each);
        EntityId visited = visited(2);
        List<EntityId> free = Stream.generate(this::marker).limit(12).toList();

        assertThat(purge(database.dataSource())).isEqualTo(new PurgeOutcome.Done(12, 1, 0));

        assertThat(store.states(free)).isEmpty();
        assertThat(store.states(List.of(visited))).isEqualTo(Map.of(visited, RecordState.DELETED));
        database.execute("DELETE FROM \"Help desk\".\"Visit\"");
        assertThat(purge(database.dataSource())).isEqualTo(new PurgeOutcome.Done(1, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"row", "statement"})
    void referrersThatTheRoleMayNotReadAreRespected(String each) {
        guard(each);
        visited(2);
        visited(2);
        List<EntityId> free = Stream.generate(this::marker).limit(12).toList();

        assertThat(purgeByOneWhoMayNotReadVisits("purger_" + each))
                .isEqualTo(new PurgeOutcome.Done(12, 2, 0));

        assertThat(store.states(free)).isEmpty();
    }

    /** Its foreign key is checked when it commits, or after its row was made. */
    @ParameterizedTest
    @ValueSource(strings = {"row", "statement"})
    void markerThatAnOpenTransactionRefersToStays(String each) throws SQLException {
        database.execute(
                """
                SELECT understudy.guard('"Help desk"."Visit"', 'To', 'contoso.crm.Account',
                    each => '%s', on_deleted => 'keep')
                """
                        .formatted(each));
        EntityId id = marker();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(visiting(id));
            assertThat(purge(database.dataSource())).isEqualTo(new PurgeOutcome.Done(0, 0, 0));
            connection.commit();
        }
        assertThat(purge(database.dataSource())).isEqualTo(new PurgeOutcome.Done(0, 1, 0));
    }

    @Test
    void nothingGoesIfRowsThatTheRoleMayNotReadCouldGoWithIt() {
        database.execute(
                "ALTER TABLE \"Help desk\".\"Visit\" ADD FOREIGN KEY (\"To\")"
                        + " REFERENCES contoso_crm.account ON DELETE CASCADE");
        EntityId id = someAccount();
        save(id, RecordState.HYDRATED, 1);
        visit(id);
        save(id, RecordState.DELETED, 2);
        marker();

        assertThat(purgeByOneWhoMayNotReadVisits("purger_of_cascades"))
                .isEqualTo(new PurgeOutcome.Done(0, 2, 0));

        assertThat(database.query("SELECT id FROM \"Help desk\".\"Visit\"")).hasSize(1);
    }

    @Test
    void rowsThatWouldGoWithTheMarkerStayToo() {
        database.execute(
                "ALTER TABLE \"Help desk\".\"Visit\" ADD FOREIGN KEY (\"To\")"
                        + " REFERENCES contoso_crm.account ON DELETE CASCADE");
        EntityId id = someAccount();
        save(id, RecordState.HYDRATED, 1);
        visit(id);
        save(id, RecordState.DELETED, 2);

        assertThat(purge(database.dataSource())).isEqualTo(new PurgeOutcome.Done(0, 1, 0));

        assertThat(database.query("SELECT id FROM \"Help desk\".\"Visit\"")).hasSize(1);
    }

    @Test
    void replicaKeepsThemToo() {
        guard("row");
        EntityId visited = someAccount();
        EntityId free = someAccount();
        visit(visited);
        store.apply(List.of(deleted(visited, 2), deleted(free, 2)));

        int removed =
                new ReplicaPurge(database.dataSource(), Contoso.CATALOG)
                        .purged(
                                Contoso.ACCOUNT,
                                List.of(
                                        new ReplicaPurge.Purged(visited.key(), new Version(2)),
                                        new ReplicaPurge.Purged(free.key(), new Version(2))),
                                new Position(1_000, 0));

        assertThat(removed).isEqualTo(1);
        assertThat(store.states(List.of(visited, free)))
                .isEqualTo(Map.of(visited, RecordState.DELETED));
    }

    private PurgeOutcome purgeByOneWhoMayNotReadVisits(String role) {
        database.execute("DROP ROLE IF EXISTS " + role);
        database.execute("CREATE ROLE " + role);
        for (String schema : List.of("understudy", "contoso_crm")) {
            database.execute("GRANT USAGE ON SCHEMA %s TO %s".formatted(schema, role));
            database.execute("GRANT ALL ON ALL TABLES IN SCHEMA %s TO %s".formatted(schema, role));
        }
        try {
            return purge(database.dataSourceWith(Map.of("role", role)));
        } finally {
            database.execute("RESET ROLE");
            database.execute("DROP OWNED BY " + role);
            database.execute("DROP ROLE " + role);
        }
    }

    private void guard(String each) {
        database.execute(
                "SELECT understudy.guard('\"Help desk\".\"Visit\"', 'To', 'contoso.crm.Account', '%s')"
                        .formatted(each));
    }

    private PurgeOutcome purge(DataSource dataSource) {
        return new DeletionPurge(
                        dataSource,
                        Contoso.CATALOG,
                        (_, _) -> {},
                        Clock.fixed(NOW, ZoneOffset.UTC),
                        new PurgeOptions(Duration.ofDays(30), 5))
                .purge(Contoso.ACCOUNT, List.of(new TargetProgress("europe", NOW)));
    }

    private EntityId visited(long version) {
        EntityId id = someAccount();
        visit(id);
        save(id, RecordState.DELETED, version);
        return id;
    }

    private EntityId marker() {
        EntityId id = someAccount();
        save(id, RecordState.DELETED, 2);
        return id;
    }

    private void visit(EntityId id) {
        database.execute(visiting(id));
    }

    private static String visiting(EntityId id) {
        return "INSERT INTO \"Help desk\".\"Visit\" (\"To\") VALUES ('%s')"
                .formatted(id.key().text());
    }

    private void save(EntityId id, RecordState state, long version) {
        store.write(transaction -> {
            transaction.save(
                    new EntityRow(account(id, "x"), state, new Version(version), Contoso.TIME));
            return true;
        });
    }
}
