package dev.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.schemas.UnderstudyException.Severity;
import dev.understudy.store.sql.ProgramLimit;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * SQLSTATE 54000 for one row, and for every write, as near the wraparound of transaction IDs. A
 * trigger refuses rows, and a function in front of the server's own refuses what the probe asks.
 */
@Timeout(60)
final class ProgramLimitIT {
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

    private static final String INSERT =
            """
            INSERT INTO contoso_crm.account (account_id, account_number, name, credit_on_hold,
                created_on, "_state", "_version", "_changed_at")
            VALUES (gen_random_uuid(), 'A-1', ?, false, now(), 'h', 1, now())
            """;

    private final TestDatabase database = TestDatabase.withContoso();

    @BeforeEach
    void refuseRows() {
        database.execute(REFUSE_ROWS);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void databaseThatTakesAnotherWriteRefusedOnlyTheRow() throws SQLException {
        try (Connection connection = transaction()) {
            ProgramLimit.requireWritable(connection, refusal(connection, "too much"));
            assertThat(insert(connection, "good")).isEqualTo(1);
            connection.commit();
        }
        assertThat(database.query("SELECT name FROM contoso_crm.account")).containsExactly("good");
    }

    @Test
    void databaseThatTakesNoWriteIsAnOutage() throws SQLException {
        refuseAll();
        try (Connection connection = transaction()) {
            SQLException refusal = refusal(connection, "fine");
            assertThatThrownBy(() -> ProgramLimit.requireWritable(connection, refusal))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            fault -> assertThat(fault.severity()).isEqualTo(Severity.RETRYABLE))
                    .hasMessageContaining("takes no writes");
            connection.rollback();
        }
    }

    @Test
    void noOtherRefusalIsAskedAbout() throws SQLException {
        refuseAll();
        try (Connection connection = transaction()) {
            ProgramLimit.requireWritable(connection, new SQLException("a duplicate", "23505"));
            connection.rollback();
        }
    }

    private Connection transaction() throws SQLException {
        Connection connection = database.dataSource().getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL search_path = limits, pg_catalog");
        }
        return connection;
    }

    /** The transaction is as it was before. */
    private static SQLException refusal(Connection connection, String name) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            insert(connection, name);
        } catch (SQLException e) {
            connection.rollback(before);
            return e;
        }
        throw new AssertionError(name + " was not refused");
    }

    private static int insert(Connection connection, String name) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, name);
            return insert.executeUpdate();
        }
    }

    private void refuseAll() {
        database.execute("INSERT INTO limits.refusing VALUES ('every write')");
    }
}
