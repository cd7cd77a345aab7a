package dev.understudy.store;

import static dev.understudy.store.Contoso.someAccount;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.schemas.model.EntityKey;
import dev.understudy.store.guard.GuardedColumn;
import dev.understudy.store.guard.Guards;
import dev.understudy.store.guard.InstalledGuards;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How tables that are not ours are guarded, and what is refused and left behind. */
@Timeout(120)
final class GuardInstallIT {
    private final Visits visits = new Visits();
    private final TestDatabase database = visits.database;

    @AfterEach
    void close() {
        visits.close();
    }

    @Test
    void whatTheTableHoldsAlreadyIsPlacedAndTheForeignKeyHolds() {
        EntityId id = someAccount();
        visits.insert(id);

        visits.guard("row", "refuse");

        assertThat(visits.state(id)).isEqualTo(RecordState.PLACEHOLDER);
        database.execute("ALTER TABLE visit DISABLE TRIGGER zz_understudy_i_account_id");
        assertThatThrownBy(() -> visits.insert(someAccount()))
                .hasStackTraceContaining("violates foreign key constraint");
    }

    @Test
    void wrongTypeOrColumnIsRefusedNamingIt() {
        assertThatThrownBy(() ->
                        database.query("SELECT understudy.guard('visit', 'account_id', 'x.Y')"))
                .hasStackTraceContaining("knows no entity type \"x.Y\"");
        assertThatThrownBy(() ->
                        database.query(
                                "SELECT understudy.guard('visit', 'nothing', 'contoso.crm.Account')"))
                .hasStackTraceContaining("no column \"nothing\"");
    }

    @Test
    void unguardingAndRemovingLeaveNothingBehind() {
        visits.guard("row", "refuse");
        database.query("SELECT understudy.unguard('visit', 'account_id')");
        insertDangling();
        database.execute("TRUNCATE visit");
        visits.guard("statement", "refuse");

        Guards.remove(database.dataSource());
        Guards.remove(database.dataSource());

        insertDangling();
        assertThat(
                        database.query(
                                """
                                SELECT proname FROM pg_proc
                                WHERE pronamespace = 'understudy'::regnamespace
                                """))
                .isEmpty();
    }

    @Test
    void removingLeavesNoRightsBehindNorPartitionsGuarded() {
        database.execute(
                """
                CREATE TABLE part_0 (account_id uuid, "größe" uuid);
                CREATE TABLE part (LIKE part_0) PARTITION BY HASH (account_id);
                ALTER TABLE part ATTACH PARTITION part_0 FOR VALUES WITH (MODULUS 1, REMAINDER 0);
                DROP ROLE IF EXISTS let_writer, let_reader;
                CREATE ROLE let_writer;
                CREATE ROLE let_reader;
                CALL understudy.let_guard('let_writer');
                CALL understudy.let_guard('let_reader');
                GRANT SELECT ON understudy.entity_type TO let_reader;
                """);
        for (String column : List.of("account_id", "größe", "größe")) {
            database.query(
                    "SELECT understudy.guard('part', '%s', 'contoso.crm.Account')"
                            .formatted(column));
        }
        assertThat(InstalledGuards.in(database.dataSource()).columns())
                .containsExactly(
                        new GuardedColumn(
                                "part", "account_id", "contoso.crm.Account", "row", "refuse"),
                        new GuardedColumn("part", "größe", "contoso.crm.Account", "row", "refuse"));

        Guards.remove(database.dataSource());

        assertThat(InstalledGuards.in(database.dataSource()))
                .isEqualTo(new InstalledGuards(List.of(), List.of()));
        database.execute("INSERT INTO part VALUES (gen_random_uuid(), gen_random_uuid())");
        assertThat(
                        database.query(
                                """
                                SELECT rolname FROM pg_roles WHERE starts_with(rolname, 'let_')
                                    AND has_schema_privilege(rolname, 'understudy', 'USAGE')
                                """))
                .containsExactly("let_reader");
        database.execute("DROP OWNED BY let_reader; DROP ROLE let_writer, let_reader");
    }

    @Test
    void typeWithoutItsTableIsRefusedAndNothingIsInstalled() {
        try (TestDatabase empty = new TestDatabase()) {
            assertThatThrownBy(() -> Guards.install(empty.dataSource(), Contoso.CATALOG))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("relation \"contoso_crm.account\" does not exist");
            assertThat(empty.query("SELECT nspname FROM pg_namespace WHERE nspname = 'understudy'"))
                    .isEmpty();
        }
    }

    @Test
    void writerNeedsNoRightsAndGetsNone() {
        visits.guard("row", "refuse");
        EntityId id = someAccount();
        database.execute("DROP ROLE IF EXISTS plain_writer");
        database.execute("CREATE ROLE plain_writer");
        database.execute("GRANT INSERT ON visit TO plain_writer");
        database.execute("GRANT USAGE ON SEQUENCE visit_id_seq TO plain_writer");
        as("INSERT INTO visit (account_id) VALUES ('%s')".formatted(id.key().text()));

        assertThat(visits.state(id)).isEqualTo(RecordState.PLACEHOLDER);
        assertThatThrownBy(() -> as("SELECT understudy.place('contoso.crm.Account', '{}', '')"))
                .hasStackTraceContaining("permission denied");
        assertThatThrownBy(() -> as("INSERT INTO contoso_crm.account (account_id) VALUES (NULL)"))
                .hasStackTraceContaining("permission denied");
        database.execute("DROP OWNED BY plain_writer");
        database.execute("DROP ROLE plain_writer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"row", "statement"})
    void columnsWhoseNamesLookLikeATriggersAreGuardedApart(String each) {
        database.execute("ALTER TABLE visit ADD COLUMN u_account_id uuid, ADD i_account_id uuid");
        for (String column : List.of("account_id", "u_account_id", "i_account_id")) {
            database.execute(
                    "SELECT understudy.guard('visit', '%s', 'contoso.crm.Account', '%s')"
                            .formatted(column, each));
        }

        database.execute(
                "INSERT INTO visit (account_id, u_account_id, i_account_id)"
                        + " VALUES (gen_random_uuid(), gen_random_uuid(), gen_random_uuid())");
        database.execute("UPDATE visit SET u_account_id = gen_random_uuid()");

        assertThat(database.query("SELECT account_id::text FROM contoso_crm.account")).hasSize(4);
    }

    /** The type's cast to text would run with the rights of the functions' owner. */
    @Test
    void columnOfAUserDefinedTypeIsRefused() {
        database.execute("CREATE DOMAIN odd AS text");
        database.execute("CREATE TABLE strange (account_id odd)");
        assertThatThrownBy(() ->
                        database.query(
                                """
                                SELECT understudy.guard('strange', 'account_id',
                                    'contoso.crm.Account')
                                """))
                .hasStackTraceContaining("could hold keys");
    }

    private void insertDangling() {
        EntityId id = new EntityId(Contoso.ACCOUNT, new EntityKey.OfUuid(UUID.randomUUID()));
        visits.insert(id);
        assertThat(visits.store.read(id)).isEmpty();
    }

    private void as(String sql) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL ROLE plain_writer");
            statement.execute(sql);
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
