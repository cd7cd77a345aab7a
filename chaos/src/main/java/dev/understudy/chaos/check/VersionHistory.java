package dev.understudy.chaos.check;

import dev.understudy.sandbox.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Watches contoso tables of a database all the time and notes every row whose version falls, or
 * that vanishes.
 */
public final class VersionHistory implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final String versions;
    private final Map<String, Long> highest = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private final Watch watch;

    private VersionHistory(Database database, String... tables) {
        this.versions =
                Stream.of(tables)
                        .map("SELECT '%1$s ' || %1$s_id, _version FROM contoso_crm.%1$s"::formatted)
                        .collect(Collectors.joining(" UNION ALL "));
        this.watch = Watch.start("version-history", database, BETWEEN_LOOKS, this::look);
    }

    /** Starts to watch. */
    public static VersionHistory watch(Database database, String... tables) {
        return new VersionHistory(database, tables);
    }

    private void look(Connection connection) throws SQLException {
        Map<String, Long> seen = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(versions)) {
            while (rows.next()) {
                seen.put(rows.getString(1), rows.getLong(2));
            }
        }
        highest.forEach((key, version) -> {
            Long now = seen.get(key);
            if (now == null || now < version) {
                violations.add("%s went from version %d to %s".formatted(key, version, now));
            }
        });
        highest.putAll(seen);
    }

    /** Ends the watch and tells what went back, if anything. */
    public List<String> violations() {
        return verdict().violations();
    }

    /** The same with how many rows were watched. */
    public Verdict verdict() {
        watch.end();
        return new Verdict(Guarantee.NEVER_BACK, highest.size(), violations);
    }

    /** How often it looked until now. */
    long looks() {
        return watch.looks();
    }

    @Override
    public void close() {
        watch.close();
    }
}
