package dev.understudy.store;

import static dev.understudy.store.Contoso.account;
import static dev.understudy.store.Contoso.deleted;
import static dev.understudy.store.Contoso.someAccount;
import static dev.understudy.store.Contoso.upserted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.store.guard.Guards;
import dev.understudy.store.postgres.PostgresEntityStore;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** Tables that are not ours, written by plain SQL over ten connections. */
@Timeout(120)
final class GuardIT {
    private static final int WRITERS = 100;

    private final TestDatabase database = TestDatabase.withContoso();
    private final EntityStore store =
            new PostgresEntityStore(database.dataSource(), Contoso.CATALOG, "europe");

    @BeforeEach
    void install() {
        Guards.install(database.dataSource(), Contoso.CATALOG);
        database.execute("CREATE TABLE visit (id serial, account_id uuid, note text)");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"row", "statement"})
    void everyRowOfAStatementGetsItsPlaceholder(String each) {
        guard(each, "refuse");
        EntityId one = someAccount();
        EntityId other = someAccount();

        insert(other, one, one);
        database.execute("INSERT INTO visit (account_id) VALUES (NULL)");

        assertThat(state(one)).isEqualTo(RecordState.PLACEHOLDER);
        assertThat(state(other)).isEqualTo(RecordState.PLACEHOLDER);
        EntityId changed = someAccount();
        database.execute("UPDATE visit SET account_id = '%s'".formatted(changed.key().text()));
        assertThat(state(changed)).isEqualTo(RecordState.PLACEHOLDER);
    }

    /** A trigger that names the column in its UPDATE OF would not see it. */
    @ParameterizedTest
    @ValueSource(strings = {"row", "statement"})
    void referenceThatAnotherTriggerSetsGetsItsPlaceholder(String each) {
        EntityId id = someAccount();
        database.execute(
                """
                CREATE FUNCTION refer() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    NEW.account_id := NEW.note::uuid;
                    RETURN NEW;
                END
                $$;
                CREATE TRIGGER refer BEFORE UPDATE ON visit
                    FOR EACH ROW EXECUTE FUNCTION refer();
                """);
        guard(each, "refuse");
        insert(someAccount());

        database.execute("UPDATE visit SET note = '%s'".formatted(id.key().text()));

        assertThat(state(id)).isEqualTo(RecordState.PLACEHOLDER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"row", "statement"})
    void copyGetsThemToo(String each) throws Exception {
        guard(each, "refuse");
        List<EntityId> ids = IntStream.range(0, 500).mapToObj(_ -> someAccount()).toList();
        String lines = ids.stream().map(id -> id.key().text() + "\n").collect(Collectors.joining());
        try (Connection connection = database.dataSource().getConnection()) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY visit (account_id) FROM STDIN", new StringReader(lines));
        }

        assertThat(store.states(ids).values()).hasSize(500).containsOnly(RecordState.PLACEHOLDER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"row", "statement"})
    void newReferenceToADeletedEntityIsRefusedAndAnOldOneStays(String each) {
        guard(each, "refuse");
        EntityId id = someAccount();
        insert(id);
        store.apply(List.of(deleted(id, 3)));

        assertThatThrownBy(() -> insert(id))
                .rootCause()
                .hasMessageContaining("contoso.crm.Account " + id.key().text() + " is deleted")
                .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("23503"));
        database.execute("UPDATE visit SET note = 'x', account_id = account_id");
        assertThat(state(id)).isEqualTo(RecordState.DELETED);
    }

    @Test
    void deletedEntityMayBeKeptAndIsNeverResurrected() {
        guard("row", "keep");
        EntityId id = someAccount();
        store.apply(List.of(deleted(id, 3)));

        insert(id);

        assertThat(state(id)).isEqualTo(RecordState.DELETED);
    }

    @Test
    void whatTheTableHoldsAlreadyIsPlacedAndTheForeignKeyHolds() {
        EntityId id = someAccount();
        insert(id);

        guard("row", "refuse");

        assertThat(state(id)).isEqualTo(RecordState.PLACEHOLDER);
        database.execute("ALTER TABLE visit DISABLE TRIGGER zz_understudy_i_account_id");
        assertThatThrownBy(() -> insert(someAccount()))
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
        guard("row", "refuse");
        database.query("SELECT understudy.unguard('visit', 'account_id')");
        insertDangling();
        database.execute("TRUNCATE visit");
        guard("statement", "refuse");

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
    void writerNeedsNoRightsAndGetsNone() {
        guard("row", "refuse");
        EntityId id = someAccount();
        database.execute("DROP ROLE IF EXISTS plain_writer");
        database.execute("CREATE ROLE plain_writer");
        database.execute("GRANT INSERT ON visit TO plain_writer");
        database.execute("GRANT USAGE ON SEQUENCE visit_id_seq TO plain_writer");
        as("INSERT INTO visit (account_id) VALUES ('%s')".formatted(id.key().text()));

        assertThat(state(id)).isEqualTo(RecordState.PLACEHOLDER);
        assertThatThrownBy(() -> as("SELECT understudy.place('contoso.crm.Account', '{}', '')"))
                .hasStackTraceContaining("permission denied");
        assertThatThrownBy(() -> as("INSERT INTO contoso_crm.account (account_id) VALUES (NULL)"))
                .hasStackTraceContaining("permission denied");
        database.execute("DROP OWNED BY plain_writer");
        database.execute("DROP ROLE plain_writer");
    }

    /** The type's cast to text would run with the rights of the functions' owner. */
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

    @ParameterizedTest
    @ValueSource(strings = {"row", "statement"})
    void hundredWritersAndTheReplicatorMakeOneRowOfEachKey(String each) throws Exception {
        guard(each, "refuse");
        List<EntityId> ids = IntStream.range(0, 30).mapToObj(_ -> someAccount()).sorted().toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int first = i;
                work.add(
                        threads.submit(() -> {
                            for (int j = 0; j < ids.size(); j++) {
                                int at = (first + j) % ids.size();
                                if (each.equals("row")) {
                                    insert(ids.get(at));
                                } else {
                                    insert(ids.get(at), ids.get((at + 7) % ids.size()));
                                }
                            }
                        }));
            }
            for (int version = 1; version <= 3; version++) {
                List<ChangeEvent> events = new ArrayList<>();
                for (EntityId id : ids) {
                    events.add(upserted(account(id, id.key().text()), version));
                }
                work.add(
                        threads.submit(() -> {
                            assertThat(store.apply(events))
                                    .noneMatch(Outcome.Refused.class::isInstance);
                        }));
            }
            for (Future<?> one : work) {
                one.get();
            }
        }

        assertThat(store.states(ids).values())
                .hasSize(ids.size())
                .containsOnly(RecordState.HYDRATED);
        assertThat(database.query("SELECT count(*) FROM visit"))
                .containsExactly(
                        String.valueOf(WRITERS * ids.size() * (each.equals("row") ? 1 : 2)));
    }

    private void guard(String each, String onDeleted) {
        database.query(
                """
                SELECT understudy.guard('visit', 'account_id', 'contoso.crm.Account',
                    each => '%s', on_deleted => '%s')
                """
                        .formatted(each, onDeleted));
    }

    private void insert(EntityId... ids) {
        database.execute(
                "INSERT INTO visit (account_id) VALUES "
                        + Arrays.stream(ids)
                                .map(id -> "('" + id.key().text() + "')")
                                .collect(Collectors.joining(", ")));
    }

    private void insertDangling() {
        EntityId id = new EntityId(Contoso.ACCOUNT, new EntityKey.OfUuid(UUID.randomUUID()));
        insert(id);
        assertThat(store.read(id)).isEmpty();
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

    private RecordState state(EntityId id) {
        return store.read(id).orElseThrow().state();
    }
}
