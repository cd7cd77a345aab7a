package dev.understudy.system;

import dev.understudy.sandbox.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Watches tables of a database all the time and notes every row whose version falls, or that
 * vanishes. Reads SQL only; a connection that breaks is opened again.
 */
final class VersionHistory implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final String versions;
    private final Database database;
    private final Map<String, Long> highest = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private final AtomicLong looks = new AtomicLong();
    private final Thread thread;
    private volatile boolean stopped;
    private volatile @Nullable SQLException lastFault;

    private VersionHistory(Database database, String... tables) {
        this.versions =
                Stream.of(tables)
                        .map("SELECT '%1$s ' || %1$s_id, _version FROM contoso_crm.%1$s"::formatted)
                        .collect(Collectors.joining(" UNION ALL "));
        this.database = database;
        this.thread = Thread.ofPlatform().start(this::watch);
    }

    /** Watches contoso tables. */
    static VersionHistory watch(Database database, String... tables) {
        return new VersionHistory(database, tables);
    }

    private void watch() {
        while (!stopped) {
            try (Connection connection = database.connect();
                    PreparedStatement statement = connection.prepareStatement(versions)) {
                while (!stopped) {
                    look(statement);
                    LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
                }
            } catch (SQLException e) {
                lastFault = e;
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        }
    }

    private void look(PreparedStatement statement) throws SQLException {
        Map<String, Long> seen = new HashMap<>();
        try (ResultSet rows = statement.executeQuery()) {
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
        looks.incrementAndGet();
    }

    /** Ends the watch and tells what went back, if anything. */
    List<String> violations() {
        close();
        if (looks.get() < 2) {
            throw new AssertionError("the database was never watched", lastFault);
        }
        return violations;
    }

    @Override
    public void close() {
        stopped = true;
        Eventually.ends(thread);
    }
}
