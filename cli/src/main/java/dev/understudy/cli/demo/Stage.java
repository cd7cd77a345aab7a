package dev.understudy.cli.demo;

import dev.understudy.cli.verify.ReplicaCheck;
import dev.understudy.lob.LineOfBusiness;
import dev.understudy.lob.report.ProblemTicketReport;
import dev.understudy.lob.report.ReportFiles;
import dev.understudy.sandbox.Database;
import dev.understudy.sandbox.Sandbox;
import dev.understudy.store.digest.TypeVerdict;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * What all acts play on: the running system, the line-of-business app, and SQL to look behind the
 * scenes.
 */
record Stage(Sandbox sandbox, LineOfBusiness app, Script script, Memory memory, Progress progress) {
    /** What plays, and where the reports of it go. */
    record Script(Cast cast, Entities entities, Path reports) {}

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration ONE_LOOK = Duration.ofSeconds(15);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    Cast cast() {
        return script.cast();
    }

    Path reports() {
        return script.reports();
    }

    /** Writes an act's report, as HTML and CSV, into the folder of reports. */
    void keep(String name, ProblemTicketReport report) {
        Path html = ReportFiles.write(reports(), name, report).html();
        progress.say("report written to %s", html);
    }

    /** Verifies the replica until it is equal, at most for {@link #PATIENCE}. */
    List<TypeVerdict> awaitConvergence() {
        ReplicaCheck check =
                new ReplicaCheck(
                        new ReplicaCheck.Places(
                                sandbox.us().baseUrl(),
                                sandbox.europe().baseUrl(),
                                sandbox.replicator().baseUrl()),
                        ONE_LOOK);
        long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            List<TypeVerdict> verdicts = check.types().stream().map(check::verify).toList();
            if (Replicas.areEqual(verdicts) || System.nanoTime() > deadlineNs) {
                return verdicts;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    /** The one number that a query on the target's database gives. */
    long countAtTarget(String sql) throws SQLException {
        return count(sandbox.europeDatabase(), sql);
    }

    private static long count(Database database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    /** Rows of a contoso table at the target that are in a record state. */
    long countAtTarget(String table, char state) throws SQLException {
        return countAtTarget(rows(table, state));
    }

    /** Those of them that have one of these keys. */
    long countAtTarget(String table, char state, Collection<UUID> keys) throws SQLException {
        String list =
                keys.stream().map(UUID::toString).collect(Collectors.joining(",", "'{", "}'"));
        return countAtTarget(
                rows(table, state) + " AND %s_id = ANY (%s::uuid[])".formatted(table, list));
    }

    /** Accounts and contacts that a database has only placeholders of. */
    long placeholdersAtTarget() throws SQLException {
        return placeholders(sandbox.europeDatabase());
    }

    /** The same at the source: entities that nobody has ever created there. */
    long placeholdersAtSource() throws SQLException {
        return placeholders(sandbox.usDatabase());
    }

    private static long placeholders(Database database) throws SQLException {
        return count(database, rows("account", 'p')) + count(database, rows("contact", 'p'));
    }

    private static String rows(String table, char state) {
        return "SELECT count(*) FROM contoso_crm.%s WHERE _state = '%s'".formatted(table, state);
    }
}
