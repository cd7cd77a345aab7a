package dev.understudy.store.purge;

import dev.understudy.store.table.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Markers that were seen committed, each with a time after that. When a row was written says
 * nothing about when it was committed: a transaction may have taken hours. So the time that targets
 * must be past is one at which the marker was already visible.
 */
final class Nominees {
    private static final String UNSEEN =
            """
            SELECT t.${key}::text, t."_version" FROM ${table} AS t
            WHERE t."_state" = 'd' AND t."_changed_at" < ? AND NOT EXISTS (
                SELECT FROM "understudy"."purge_nominee" AS n
                WHERE n."type" = ? AND n."key" = t.${key}::text AND n."version" = t."_version")
            LIMIT ?
            """;

    private static final String NOMINATE =
            """
            INSERT INTO "understudy"."purge_nominee" ("type", "key", "version", "seen_at")
            SELECT ?, k, v, ? FROM unnest(?::text[], ?::int8[]) AS seen (k, v)
            ORDER BY k COLLATE "C"
            ON CONFLICT ("type", "key") DO UPDATE SET
                "version" = EXCLUDED."version", "seen_at" = EXCLUDED."seen_at"
            WHERE purge_nominee."version" < EXCLUDED."version"
            """;

    private static final String FORGET =
            """
            DELETE FROM "understudy"."purge_nominee" AS n WHERE n."type" = ? AND NOT EXISTS (
                SELECT FROM ${table} AS t WHERE t.${key} = n."key"::${type}
                    AND t."_state" = 'd' AND t."_version" = n."version")
            """;

    private static final String WAITING =
            "SELECT count(*) FROM \"understudy\".\"purge_nominee\" WHERE \"type\" = ?"
                    + " AND \"seen_at\" > ?";

    private final PurgeSql sql;
    private final Clock clock;

    Nominees(Table table, Clock clock) {
        this.sql = new PurgeSql(table);
        this.clock = clock;
    }

    /**
     * Nominates markers that were written before a time; at most so many.
     *
     * @return how many
     */
    int nominate(Connection connection, Instant before, int limit) throws SQLException {
        List<String> keys = new ArrayList<>();
        List<Long> versions = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql.of(UNSEEN))) {
            select.setObject(1, before.atOffset(ZoneOffset.UTC));
            select.setString(2, sql.type());
            select.setInt(3, limit);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    keys.add(row.getString(1));
                    versions.add(row.getLong(2));
                }
            }
        }
        // Only now: all of them had been committed before.
        Instant seenAt = clock.instant();
        try (PreparedStatement insert = connection.prepareStatement(NOMINATE)) {
            insert.setString(1, sql.type());
            insert.setObject(2, seenAt.atOffset(ZoneOffset.UTC));
            insert.setArray(3, connection.createArrayOf("text", keys.toArray()));
            insert.setArray(4, connection.createArrayOf("int8", versions.toArray()));
            insert.executeUpdate();
        }
        return keys.size();
    }

    /** Forgets those whose marker is gone, or was followed by another life. */
    void forgetOthers(Connection connection) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(sql.of(FORGET))) {
            delete.setString(1, sql.type());
            delete.executeUpdate();
        }
    }

    /** How many were seen only after a time. */
    long seenAfter(Connection connection, Instant time) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(WAITING)) {
            select.setString(1, sql.type());
            select.setObject(2, time.atOffset(ZoneOffset.UTC));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
