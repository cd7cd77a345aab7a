package dev.understudy.chaos.check;

import dev.understudy.sandbox.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for rows that refer to one that is not there, in what is committed and whatever the
 * constraints say: once, or all the time. A foreign key that goes meanwhile is one that is broken.
 */
public final class ForeignKeys implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    /** Foreign keys with both tables and columns, as SQL that counts the rows that break one. */
    private static final String BROKEN_REFERENCES =
            """
            SELECT format('SELECT count(*) FROM %s a WHERE a.%I IS NOT NULL AND NOT EXISTS'
                       || ' (SELECT 1 FROM %s b WHERE b.%I = a.%I)',
                          c.conrelid::regclass, own.attname, c.confrelid::regclass, other.attname, own.attname),
                   c.convalidated
              FROM pg_constraint c
              JOIN pg_attribute own ON own.attrelid = c.conrelid AND own.attnum = c.conkey[1]
              JOIN pg_attribute other ON other.attrelid = c.confrelid AND other.attnum = c.confkey[1]
             WHERE c.contype = 'f' AND c.connamespace = 'contoso_crm'::regnamespace\
            """;

    private final List<String> broken = new ArrayList<>();
    private final Watch watch;
    private long judged;
    private long keys;

    private ForeignKeys(Database database) {
        this.watch = Watch.start("foreign-keys", database, BETWEEN_LOOKS, this::look);
    }

    /** Starts to look all the time. */
    public static ForeignKeys watch(Database database) {
        return new ForeignKeys(database);
    }

    private void look(Connection connection) throws SQLException {
        long found = judge(connection, broken);
        judged += found;
        if (found < keys) {
            broken.add("there are %d foreign keys, and were %d".formatted(found, keys));
        }
        keys = Math.max(keys, found);
    }

    /** Ends the watch and tells what it found; each foreign key counts at each look. */
    public Verdict verdict() {
        watch.end();
        return new Verdict(Guarantee.FOREIGN_KEYS_HOLD, judged, broken);
    }

    /** One look, at what is there now. */
    public static Verdict look(Database database) throws SQLException {
        List<String> broken = new ArrayList<>();
        try (Connection connection = database.connect()) {
            long judged = judge(connection, broken);
            return new Verdict(Guarantee.FOREIGN_KEYS_HOLD, judged, broken);
        }
    }

    private static long judge(Connection connection, List<String> broken) throws SQLException {
        long judged = 0;
        try (Statement statement = connection.createStatement();
                ResultSet keys = statement.executeQuery(BROKEN_REFERENCES)) {
            while (keys.next()) {
                String sql = keys.getString(1);
                if (!keys.getBoolean(2) || count(connection, sql) != 0) {
                    broken.add("a foreign key does not hold: " + sql);
                }
                judged++;
            }
        }
        return judged;
    }

    private static long count(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() {
        watch.close();
    }
}
