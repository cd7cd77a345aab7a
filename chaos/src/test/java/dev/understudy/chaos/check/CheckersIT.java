package dev.understudy.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.chaos.time.Polling;
import dev.understudy.sandbox.Database;
import dev.understudy.sandbox.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each checker of rows finds what it is for: a checker that cannot fail proves nothing. */
@Timeout(120)
class CheckersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ID = "00000000-0000-0000-0000-00000000000%d";
    private static final String TABLE =
            """
            CREATE SCHEMA contoso_crm;
            CREATE TABLE contoso_crm.account (
                account_id uuid PRIMARY KEY, account_number text, parent_id uuid REFERENCES contoso_crm.account,
                _state "char", _version bigint, _ceded int2 DEFAULT 0);
            INSERT INTO contoso_crm.account VALUES ('%s', 'A-1', NULL, 'h', 3), ('%s', 'A-2', NULL, 'p', 0)\
            """
                    .formatted(id(1), id(2));

    private final Database owner = PostgresServer.shared().freshDatabase();
    private final Database replica = PostgresServer.shared().freshDatabase();

    @BeforeEach
    void fill() throws SQLException {
        run(owner, TABLE);
        run(replica, TABLE);
    }

    @Test
    void aVersionThatFallsAndARowThatVanishesAreSeen() throws Exception {
        try (VersionHistory history = VersionHistory.watch(replica, "account")) {
            assertThat(Polling.holds(PATIENCE, () -> history.looks() > 1)).isTrue();
            run(replica, "UPDATE contoso_crm.account SET _version = 2 WHERE _version = 3");
            run(replica, "DELETE FROM contoso_crm.account WHERE _version = 0");
            long looks = history.looks();
            assertThat(Polling.holds(PATIENCE, () -> history.looks() > looks + 1)).isTrue();

            assertThat(history.verdict().violations())
                    .contains(
                            "account " + id(1) + " went from version 3 to 2",
                            "account " + id(2) + " went from version 0 to null");
        }
    }

    @Test
    void aReferenceToNothingIsSeenWhateverTheConstraintSays() throws SQLException {
        assertThat(ForeignKeys.look(replica).holds()).isTrue();

        run(
                replica,
                "SET session_replication_role = replica; UPDATE contoso_crm.account SET parent_id = '"
                        + id(9)
                        + "'");

        assertThat(ForeignKeys.look(replica).violations()).hasSize(1);
    }

    @Test
    void aPlaceholderOfWhatItsOwnerHasIsNoOrphan() throws SQLException {
        Placeholders placeholders = new Placeholders(owner, replica);
        assertThat(placeholders.orphans(List.of("account")).holds()).isTrue();

        run(owner, "UPDATE contoso_crm.account SET _state = 'd' WHERE _version = 0");

        assertThat(placeholders.orphans(List.of("account")).violations())
                .containsExactly("account " + id(2) + " waits, but its owner knows it");
    }

    @Test
    void twoRowsForOneValueAreSeen() throws SQLException {
        Placeholders placeholders = new Placeholders(owner, replica);
        assertThat(placeholders.one("account", "account_number").holds()).isTrue();

        run(replica, "UPDATE contoso_crm.account SET account_number = 'A-1'");

        assertThat(placeholders.one("account", "account_number").violations())
                .containsExactly("A-1 is held by 2 rows of account");
    }

    private static String id(int number) {
        return ID.formatted(number);
    }

    private static void run(Database database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
