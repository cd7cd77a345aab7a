package dev.understudy.store;

import static dev.understudy.store.Contoso.account;
import static dev.understudy.store.Contoso.deleted;
import static dev.understudy.store.Contoso.someAccount;
import static dev.understudy.store.Contoso.upserted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.schemas.event.ChangeEvent;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** Tables that are not ours, written by plain SQL over ten connections. */
@Timeout(120)
final class GuardIT {
    private static final int WRITERS = 100;

    private final Visits visits = new Visits();
    private final TestDatabase database = visits.database;
    private final EntityStore store = visits.store;

    @AfterEach
    void close() {
        visits.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"row", "statement"})
    void everyRowOfAStatementGetsItsPlaceholder(String each) {
        visits.guard(each, "refuse");
        EntityId one = someAccount();
        EntityId other = someAccount();

        visits.insert(other, one, one);
        database.execute("INSERT INTO visit (account_id) VALUES (NULL)");

        assertThat(visits.state(one)).isEqualTo(RecordState.PLACEHOLDER);
        assertThat(visits.state(other)).isEqualTo(RecordState.PLACEHOLDER);
        EntityId changed = someAccount();
        database.execute("UPDATE visit SET account_id = '%s'".formatted(changed.key().text()));
        assertThat(visits.state(changed)).isEqualTo(RecordState.PLACEHOLDER);
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
        visits.guard(each, "refuse");
        visits.insert(someAccount());

        database.execute("UPDATE visit SET note = '%s'".formatted(id.key().text()));

        assertThat(visits.state(id)).isEqualTo(RecordState.PLACEHOLDER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"row", "statement"})
    void copyGetsThemToo(String each) throws Exception {
        visits.guard(each, "refuse");
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
        visits.guard(each, "refuse");
        EntityId id = someAccount();
        visits.insert(id);
        store.apply(List.of(deleted(id, 3)));

        assertThatThrownBy(() -> visits.insert(id))
                .rootCause()
                .hasMessageContaining("contoso.crm.Account " + id.key().text() + " is deleted")
                .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("23503"));
        database.execute("UPDATE visit SET note = 'x', account_id = account_id");
        assertThat(visits.state(id)).isEqualTo(RecordState.DELETED);
    }

    @Test
    void deletedEntityMayBeKeptAndIsNeverResurrected() {
        visits.guard("row", "keep");
        EntityId id = someAccount();
        store.apply(List.of(deleted(id, 3)));

        visits.insert(id);

        assertThat(visits.state(id)).isEqualTo(RecordState.DELETED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"row", "statement"})
    void hundredWritersAndTheReplicatorMakeOneRowOfEachKey(String each) throws Exception {
        visits.guard(each, "refuse");
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
                                    visits.insert(ids.get(at));
                                } else {
                                    visits.insert(ids.get(at), ids.get((at + 7) % ids.size()));
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
}
