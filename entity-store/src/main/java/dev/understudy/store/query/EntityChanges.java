package dev.understudy.store.query;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityRow;
import dev.understudy.store.sql.RowReader;
import dev.understudy.store.table.Table;
import dev.understudy.store.table.Tables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * What has changed in a type's rows since a mark, by the transaction that wrote each row: it needs
 * no column, and no change that was committed later is ever missed; one of transactions that were
 * running at the mark may be told though it was seen. Thread-safe; faults as {@link EntityQueries}.
 */
public final class EntityChanges {
    /** All transactions below have ended. */
    private static final String MARK =
            "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint";

    private static final String NEXT =
            "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint";

    /** A row has the low half of its transaction's number, which is below the next one. */
    private static final String WRITTEN_BY =
            """
            (CASE WHEN ${row}.xmin::text::bigint >= ${low} THEN ${high} - 4294967296 ELSE ${high} END
                + ${row}.xmin::text::bigint)
            """;

    private static final String PURGED =
            """
            SELECT EXISTS (SELECT 1 FROM "understudy"."version_floor" AS f
                WHERE f."type" = ? AND ${written} >= ?)
            """;

    private static final String CHANGED =
            """
            SELECT ${columns} FROM ${table} AS t WHERE ${written} >= ? ${after}
            ORDER BY t.${key} LIMIT ?
            """;

    /** From here on the low half could be another transaction's. */
    private static final long HORIZON = 1L << 31;

    private final Tables tables;
    private final Snapshots snapshots;

    /**
     * Changes in an instance's database.
     *
     * @param limit how long one query may take
     */
    public EntityChanges(DataSource dataSource, Catalog catalog, Duration limit) {
        this.tables = new Tables(catalog);
        this.snapshots = new Snapshots(dataSource, limit);
    }

    /** A mark: what is committed from now on has changed since. */
    public long mark() {
        return snapshots.read("mark changes", connection -> number(connection, MARK));
    }

    /**
     * Rows of any record state that have changed, in the order of their keys, beginning after one.
     *
     * @return empty if it cannot be told any more: deletion markers were purged meanwhile, or the
     *     mark is not of this database, or two billion transactions old
     */
    public Optional<List<EntityRow>> since(
            long mark, EntityType type, Optional<EntityKey> after, int limit) {
        return snapshots.read(
                "read changes of " + type,
                connection -> {
                    long next = number(connection, NEXT);
                    if (mark > next
                            || next - mark >= HORIZON
                            || purged(connection, type, mark, next)) {
                        return Optional.empty();
                    }
                    return Optional.of(
                            changed(connection, mark, next, tables.of(type), after, limit));
                });
    }

    private static List<EntityRow> changed(
            Connection connection,
            long mark,
            long next,
            Table table,
            Optional<EntityKey> after,
            int limit)
            throws SQLException {
        RowReader reader = new RowReader(table);
        String sql =
                CHANGED.replace("${columns}", reader.columns("t."))
                        .replace("${table}", table.quoted())
                        .replace("${after}", after.isPresent() ? "AND t.${key} > ?" : "")
                        .replace("${key}", table.key().quoted())
                        .replace("${written}", writtenBy("t", next));
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            int index = 1;
            select.setLong(index++, mark);
            if (after.isPresent()) {
                select.setObject(index++, after.get().value());
            }
            select.setInt(index, limit);
            try (ResultSet result = select.executeQuery()) {
                return reader.all(result).stream().map(RowReader.Found::row).toList();
            }
        }
    }

    private static boolean purged(Connection connection, EntityType type, long mark, long next)
            throws SQLException {
        String sql = PURGED.replace("${written}", writtenBy("f", next));
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, type.fullName());
            select.setLong(2, mark);
            try (ResultSet result = select.executeQuery()) {
                result.next();
                return result.getBoolean(1);
            }
        }
    }

    private static String writtenBy(String row, long next) {
        long low = next & 0xFFFF_FFFFL;
        return WRITTEN_BY
                .replace("${row}", row)
                .replace("${low}", Long.toString(low))
                .replace("${high}", Long.toString(next - low));
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet result = select.executeQuery()) {
            result.next();
            return result.getLong(1);
        }
    }
}
