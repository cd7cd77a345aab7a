package dev.understudy.store.purge;

import dev.understudy.schemas.event.Position;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.store.sql.SqlFailure;
import dev.understudy.store.sql.SqlValues;
import dev.understudy.store.table.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The deletion markers of one type. They are locked first, so that from then on nobody can begin to
 * refer to them, and removed by a second statement, which sees everybody who had begun before.
 */
final class Markers {
    /** Waits for nobody: whoever is at one now keeps it. */
    private static final String LOCK_NOMINATED =
            """
            SELECT t.${key} FROM "understudy"."purge_nominee" AS n
            JOIN ${table} AS t ON t.${key} = n."key"::${type}
                AND t."_state" = 'd' AND t."_version" = n."version"
            WHERE n."type" = ? AND n."seen_at" <= ? AND n."key" > ?
            ORDER BY n."key" LIMIT ?
            FOR UPDATE OF t SKIP LOCKED
            """;

    private static final String LOCK =
            """
            SELECT t.${key} FROM unnest(?::${type}[], ?::bigint[]) AS n ("key", "version")
            JOIN ${table} AS t ON t.${key} = n."key"
                AND t."_state" = 'd' AND t."_version" <= n."version"
                AND (t."_epoch", t."_lsn") <= (?, ?)
            ORDER BY t.${key} FOR UPDATE OF t
            """;

    private static final String REMOVE =
            """
            DELETE FROM ${table} AS t WHERE t.${key} = ANY (?::${type}[]) AND t."_state" = 'd'
                AND NOT EXISTS (SELECT FROM ${table} AS a
                    WHERE a."_state" = 'a' AND a."_alias_of" = t.${key})${unreferred}
            RETURNING t.${key}, t."_version", t."_epoch", t."_lsn"
            """;

    private final Table table;
    private final PurgeSql sql;

    Markers(Table table) {
        this.table = table;
        this.sql = new PurgeSql(table);
    }

    /**
     * A marker that was removed.
     *
     * @param position empty at the owner, whose rows have none
     */
    record Removed(EntityKey key, Version version, Optional<Position> position) {}

    /** Locks markers nominated no later than a time, with keys beginning after this text. */
    List<EntityKey> lockNominated(Connection connection, Instant upTo, String after, int limit)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql.of(LOCK_NOMINATED))) {
            select.setString(1, sql.type());
            select.setObject(2, upTo.atOffset(ZoneOffset.UTC));
            select.setString(3, after);
            select.setInt(4, limit);
            return keys(select);
        }
    }

    /** Locks those of these that are markers, of these versions at most, up to a position. */
    List<EntityKey> lock(
            Connection connection, Collection<ReplicaPurge.Purged> purged, Position upTo)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql.of(LOCK))) {
            setKeys(connection, select, purged.stream().map(ReplicaPurge.Purged::key).toList());
            Object[] versions = purged.stream().map(each -> each.version().number()).toArray();
            select.setArray(2, connection.createArrayOf("int8", versions));
            select.setLong(3, upTo.epoch());
            select.setLong(4, upTo.commitLsn());
            return keys(select);
        }
    }

    /** Removes those of these locked markers that nothing refers to. */
    List<Removed> remove(Connection connection, List<EntityKey> locked) throws SQLException {
        String unreferred =
                ForeignKeys.to(connection, table).stream()
                        .map(referring -> "\n    AND NOT EXISTS (" + referring + ")")
                        .collect(Collectors.joining());
        try (Statement statement = connection.createStatement()) {
            // Here and not in the commit, also those that are deferred.
            statement.execute("SET CONSTRAINTS ALL IMMEDIATE");
        }
        return isolating(connection, sql.of(REMOVE.replace("${unreferred}", unreferred)), locked);
    }

    /** What this role may not read may still refer to one of them: it stays, and the others go. */
    private List<Removed> isolating(Connection connection, String remove, List<EntityKey> keys)
            throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            List<Removed> removed = remove(connection, remove, keys);
            connection.releaseSavepoint(before);
            return removed;
        } catch (SQLException e) {
            if (SqlFailure.of(e) != SqlFailure.REFUSED) {
                throw e;
            }
            connection.rollback(before);
            connection.releaseSavepoint(before);
        }
        if (keys.size() <= 1) {
            return List.of();
        }
        int half = keys.size() / 2;
        List<Removed> removed =
                new ArrayList<>(isolating(connection, remove, keys.subList(0, half)));
        removed.addAll(isolating(connection, remove, keys.subList(half, keys.size())));
        return removed;
    }

    private List<Removed> remove(Connection connection, String sql, List<EntityKey> keys)
            throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            setKeys(connection, delete, keys);
            List<Removed> removed = new ArrayList<>();
            try (ResultSet row = delete.executeQuery()) {
                while (row.next()) {
                    EntityKey key = SqlValues.key(table.type().keyType(), row, 1);
                    removed.add(new Removed(key, new Version(row.getLong(2)), position(row)));
                }
            }
            return removed;
        }
    }

    private static Optional<Position> position(ResultSet row) throws SQLException {
        long epoch = row.getLong(3);
        return row.wasNull() ? Optional.empty() : Optional.of(new Position(epoch, row.getLong(4)));
    }

    private List<EntityKey> keys(PreparedStatement select) throws SQLException {
        List<EntityKey> keys = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                keys.add(SqlValues.key(table.type().keyType(), row, 1));
            }
        }
        return keys;
    }

    private static void setKeys(
            Connection connection, PreparedStatement statement, Collection<EntityKey> keys)
            throws SQLException {
        Object[] texts = keys.stream().map(EntityKey::text).toArray();
        statement.setArray(1, connection.createArrayOf("text", texts));
    }
}
