package dev.understudy.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(180)
final class PostgresServerIT {

    @Test
    void whatWasCommittedAndItsSlotSurviveAKill() throws SQLException {
        try (PostgresServer server = PostgresServer.open()) {
            Database us = server.createDatabase("us");
            run(
                    us,
                    "CREATE TABLE account (id int)",
                    "CREATE PUBLICATION nothing",
                    "SELECT pg_create_logical_replication_slot('publisher', 'pgoutput')",
                    "SELECT pg_logical_emit_message(true, 'event', 'Hello')",
                    "INSERT INTO account VALUES (7)");
            long killed = ((PartProcess) server.runner()).pid();
            List<ProcessHandle> children =
                    ProcessHandle.of(killed).orElseThrow().descendants().toList();

            server.kill();

            assertThat(ProcessHandle.of(killed)).isEmpty();
            assertThat(children).isNotEmpty().noneMatch(ProcessHandle::isAlive);
            assertThat(server.isRunning()).isFalse();
            server.start();
            assertThat(query(us, "SELECT id FROM account")).isEqualTo("7");
            assertThat(query(us, STREAMED)).contains("Hello");
        }
    }

    @ParameterizedTest
    @EnumSource(PostgresVersion.class)
    void eachSupportedReleaseRunsWithAnOrderOfTextThatIsTheSameEverywhere(PostgresVersion version)
            throws SQLException {
        Database fresh = PostgresServer.shared(version).freshDatabase();
        assertThat(query(fresh, "SHOW server_version")).startsWith(version.major() + ".");
        assertThat(query(fresh, "SHOW wal_level")).isEqualTo("logical");
        assertThat(
                        query(
                                fresh,
                                "SELECT string_agg(w, '' ORDER BY w) FROM unnest('{b,a,B,é}'::text[]) w"))
                .isEqualTo("Babé");
    }

    @Test
    void aStoppedServerComesBackWithItsData() throws SQLException {
        try (PostgresServer server = PostgresServer.open()) {
            Database fresh = server.freshDatabase();
            run(fresh, "CREATE TABLE t AS SELECT 'kept' AS word");
            try (Connection open = fresh.connect()) {
                server.stop();
                assertThat(open.isValid(1)).isFalse();
            }
            server.start();
            assertThat(query(fresh, "SELECT word FROM t")).isEqualTo("kept");
        }
    }

    @Test
    void aPausedServerAnswersAgainAfterwardsAndCanBeStopped() throws SQLException {
        try (PostgresServer server = PostgresServer.open()) {
            server.pause();
            assertThat(server.isRunning()).isTrue();
            server.resume();
            assertThat(query(server.database("postgres"), "SELECT 1")).isEqualTo("1");
            server.pause();
            server.stop();
            assertThat(server.log()).content().contains("database system is shut down");
        }
    }

    @Test
    void testsShareAServerAndHaveDatabasesOfTheirOwn() throws SQLException {
        Database one = PostgresServer.shared().freshDatabase();
        Database other = PostgresServer.shared().freshDatabase();
        run(one, "CREATE TABLE t ()");
        assertThat(query(other, "SELECT to_regclass('t')")).isNull();
    }

    private static final String STREAMED =
            "SELECT encode(string_agg(data, ''), 'escape') FROM"
                    + " pg_logical_slot_get_binary_changes('publisher', NULL, NULL,"
                    + " 'proto_version', '1', 'publication_names', 'nothing', 'messages', 'true')"
                    + " WHERE get_byte(data, 0) = ascii('M')";

    private static void run(Database database, String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String query(Database database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
