package dev.understudy.store;

import static dev.understudy.store.Contoso.account;
import static dev.understudy.store.Contoso.someAccount;
import static dev.understudy.store.Contoso.upserted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.schemas.UnderstudyException.Severity;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.store.postgres.PostgresEntityStore;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * SQLSTATE 54000 for one row, and for every write, as near the wraparound of transaction IDs. A
 * trigger refuses rows, and a function in front of the server's own refuses what the probe asks.
 */
@Timeout(60)
final class ProgramLimitStoreIT {
    private static final String REFUSE_ROWS =
            """
            CREATE SCHEMA limits;
            CREATE TABLE limits.refusing (what text);
            CREATE FUNCTION limits.check_row() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF NEW.name = 'too much' OR EXISTS (SELECT FROM limits.refusing) THEN
                    RAISE 'not accepting commands' USING ERRCODE = '54000';
                END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER limits BEFORE INSERT ON contoso_crm.account
                FOR EACH ROW EXECUTE FUNCTION limits.check_row();
            CREATE FUNCTION limits.pg_logical_emit_message(boolean, text, text)
            RETURNS pg_lsn LANGUAGE plpgsql AS $$
            BEGIN
                IF EXISTS (SELECT FROM limits.refusing) THEN
                    RAISE 'not accepting commands' USING ERRCODE = '54000';
                END IF;
                RETURN pg_catalog.pg_logical_emit_message($1, $2, $3);
            END $$
            """;

    private final TestDatabase database = TestDatabase.withContoso();
    private final DataSource dataSource =
            database.dataSourceWith(Map.of("search_path", "limits, pg_catalog"));
    private final EntityStore store = new PostgresEntityStore(dataSource, Contoso.CATALOG, "us");

    @BeforeEach
    void refuseRows() {
        database.execute(REFUSE_ROWS);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void rowThatIsTooMuchIsRefusedAndItsBatchApplied() {
        EntityId good = someAccount();
        List<Outcome> outcomes =
                store.apply(
                        List.of(
                                upserted(account(someAccount(), "too much"), 1),
                                upserted(account(good, "good"), 1)));
        assertThat(outcomes.get(0))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.sqlState()).isEqualTo("54000"));
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Applied.class);
        assertThat(store.read(good)).isPresent();
    }

    @Test
    void databaseThatRefusesEveryWriteIsAnOutageAndNoRowsFault() {
        EntityId id = someAccount();
        refuseAll();
        assertThatThrownBy(() ->
                        store.apply(
                                List.of(
                                        upserted(account(id, "a"), 1),
                                        upserted(account(someAccount(), "b"), 1))))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        fault -> assertThat(fault.severity()).isEqualTo(Severity.RETRYABLE));
        database.execute("DELETE FROM limits.refusing");
        assertThat(store.apply(List.of(upserted(account(id, "a"), 1))))
                .hasOnlyElementsOfType(Outcome.Applied.class);
    }

    @Test
    void ownersWriteTellsTheOneFromTheOther() {
        assertThatThrownBy(() -> save(account(someAccount(), "too much")))
                .isInstanceOf(RowRefusedException.class);
        refuseAll();
        assertThatThrownBy(() -> save(account(someAccount(), "a")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("takes no writes");
    }

    private void refuseAll() {
        database.execute("INSERT INTO limits.refusing VALUES ('every write')");
    }

    private void save(EntityContent content) {
        store.write(transaction -> {
            transaction.save(
                    new EntityRow(content, RecordState.HYDRATED, new Version(1), Contoso.TIME));
            return true;
        });
    }
}
