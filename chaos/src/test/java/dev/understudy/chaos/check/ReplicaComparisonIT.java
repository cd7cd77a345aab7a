package dev.understudy.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.sandbox.Database;
import dev.understudy.sandbox.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplicaComparisonIT {
    private static final String TABLE =
            """
            CREATE SCHEMA s;
            CREATE TABLE s.thing (id uuid PRIMARY KEY, name text, data jsonb, _state "char", _version bigint,
                                  _changed_at timestamptz, _placed_at timestamptz);
            INSERT INTO s.thing VALUES
              ('00000000-0000-0000-0000-000000000001', 'a', '{"x": 1}', 'h', 3, '2026-01-01Z', NULL),
              ('00000000-0000-0000-0000-000000000002', NULL, NULL, 'd', 2, '2026-01-01Z', NULL);\
            """;

    private final Database owner = PostgresServer.shared().freshDatabase();
    private final Database replica = PostgresServer.shared().freshDatabase();

    @BeforeEach
    void fill() throws SQLException {
        run(owner, TABLE);
        run(replica, TABLE);
    }

    @Test
    void theSameRowsAreEqual() throws SQLException {
        run(replica, "UPDATE s.thing SET _placed_at = now()");

        TableComparison table = compare();

        assertThat(table.equal()).isTrue();
        assertThat(table.ownerRows()).isEqualTo(2);
    }

    @Test
    void anyColumnsDifferenceIsFoundAndNamed() throws SQLException {
        run(replica, "UPDATE s.thing SET data = '{\"x\": 2}' WHERE name = 'a'");

        TableComparison table = compare();

        assertThat(table.equal()).isFalse();
        assertThat(table.samples())
                .containsExactly(
                        "00000000-0000-0000-0000-000000000001 has data {\"x\": 2}, not {\"x\": 1}");
    }

    @Test
    void missingAndExtraRowsAreFound() throws SQLException {
        run(replica, "DELETE FROM s.thing WHERE name = 'a'");
        run(
                replica,
                "INSERT INTO s.thing (id, _state) VALUES ('00000000-0000-0000-0000-000000000003', 'h')");

        TableComparison table = compare();

        assertThat(table.agrees()).isFalse();
        assertThat(table.samples())
                .containsExactly(
                        "00000000-0000-0000-0000-000000000001 is missing",
                        "00000000-0000-0000-0000-000000000003 is extra");
    }

    @Test
    void aPlaceholderThatTheOwnerDoesNotKnowIsAnOrphan() throws SQLException {
        run(
                replica,
                "INSERT INTO s.thing (id, _state) VALUES ('00000000-0000-0000-0000-000000000003', 'p')");

        TableComparison table = compare();

        assertThat(table.orphans()).isEqualTo(1);
        assertThat(table.equal()).isFalse();
        assertThat(table.agrees()).isTrue();
    }

    @Test
    void anOwnersPlaceholderIsNoEntityThatCouldBeMissing() throws SQLException {
        run(
                owner,
                "INSERT INTO s.thing (id, _state) VALUES ('00000000-0000-0000-0000-000000000003', 'p')");

        assertThat(compare().equal()).isTrue();
    }

    @Test
    void aPlaceholderInPlaceOfAnEntityDiffers() throws SQLException {
        run(
                replica,
                "UPDATE s.thing SET _state = 'p', name = NULL, data = NULL, _version = 0 WHERE name = 'a'");

        TableComparison table = compare();

        assertThat(table.equal()).isFalse();
        assertThat(table.placeholders()).isEqualTo(1);
    }

    @Test
    void noRowsAtAllAreNotCalledEqual() throws SQLException {
        run(owner, "DELETE FROM s.thing");
        run(replica, "DELETE FROM s.thing");

        assertThat(compare().equal()).isFalse();
    }

    @Test
    void tablesOfAnotherShapeAreNotCalledEqual() throws SQLException {
        run(replica, "ALTER TABLE s.thing ADD COLUMN more text");

        assertThat(compare().equal()).isFalse();
    }

    private TableComparison compare() throws SQLException {
        try (Connection left = owner.connect();
                Connection right = replica.connect()) {
            return new ReplicaComparison(left, right).compare().getFirst();
        }
    }

    private static void run(Database database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
