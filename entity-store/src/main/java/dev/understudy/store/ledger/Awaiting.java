package dev.understudy.store.ledger;

import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityId;
import dev.understudy.store.StoreOptions;
import dev.understudy.store.sql.SqlFailure;
import dev.understudy.store.sql.Transactions;
import dev.understudy.store.table.CompleteSql;
import dev.understudy.store.table.Table;
import dev.understudy.store.table.Tables;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/**
 * The notes of what is to be done once entities are complete, made by {@link
 * dev.understudy.store.StoreTransaction#awaitComplete}. Thread-safe.
 */
public final class Awaiting {
    private static final String PAGE =
            """
            SELECT a."seq", a."purpose", a."key", coalesce(t."_version", 0),
                coalesce(t."_state" = 'd', true), coalesce(${complete}, false)
            FROM (SELECT * FROM "understudy"."awaiting" WHERE "type" = ? AND "seq" > ?
                  ORDER BY "seq" LIMIT ?) AS a
            LEFT JOIN ${table} AS t ON t.${key} = a."key"::${type}
            ORDER BY a."seq"
            """;

    private static final String SETTLE =
            """
            WITH free AS MATERIALIZED (
                SELECT "seq" FROM "understudy"."awaiting" WHERE "type" = ? AND "seq" = ANY (?)
                FOR UPDATE SKIP LOCKED)
            DELETE FROM "understudy"."awaiting" AS a USING free
            WHERE a."type" = ? AND a."seq" = free."seq"
            """;

    private final Catalog catalog;
    private final Tables tables;
    private final Transactions transactions;

    public Awaiting(DataSource dataSource, Catalog catalog) {
        this.catalog = catalog;
        this.tables = new Tables(catalog);
        this.transactions =
                new Transactions(dataSource, StoreOptions.defaults(), ThreadLocalRandom::current);
    }

    /** Notes of a type from the oldest, beginning after one; at most {@code limit}. */
    public List<Awaited> page(EntityType type, long after, int limit) {
        String sql = sql(tables.of(type));
        return transactions.read(
                "list what is awaited of " + type,
                connection -> {
                    try (PreparedStatement select = connection.prepareStatement(sql)) {
                        select.setString(1, type.fullName());
                        select.setLong(2, after);
                        select.setInt(3, limit);
                        List<Awaited> page = new ArrayList<>();
                        try (ResultSet row = select.executeQuery()) {
                            while (row.next()) {
                                page.add(awaited(type, row));
                            }
                        }
                        return page;
                    }
                });
    }

    /**
     * Takes notes of a type away, apart from those that were renewed meanwhile or that a writer
     * holds: to wait for one could be a deadlock, and they are seen again.
     */
    public void settle(EntityType type, List<Awaited> done) {
        String doing = "settle what was awaited of " + type;
        Object[] seqs = done.stream().map(Awaited::seq).toArray();
        try {
            transactions.run(
                    doing,
                    connection -> {
                        try (PreparedStatement delete = connection.prepareStatement(SETTLE)) {
                            delete.setString(1, type.fullName());
                            delete.setArray(2, connection.createArrayOf("int8", seqs));
                            delete.setString(3, type.fullName());
                            return delete.executeUpdate();
                        }
                    });
        } catch (SQLException e) {
            throw SqlFailure.fault(doing, e);
        }
    }

    private String sql(Table table) {
        return PAGE.replace("${complete}", CompleteSql.of(catalog, tables, table, "t"))
                .replace("${table}", table.quoted())
                .replace("${key}", table.key().quoted())
                .replace("${type}", table.key().type().element());
    }

    private static Awaited awaited(EntityType type, ResultSet row) throws SQLException {
        Awaited.Now now =
                row.getBoolean(5)
                        ? Awaited.Now.GONE
                        : row.getBoolean(6) ? Awaited.Now.COMPLETE : Awaited.Now.INCOMPLETE;
        return new Awaited(
                row.getLong(1),
                row.getString(2),
                new EntityId(type, type.keyType().parse(row.getString(3))),
                new Version(row.getLong(4)),
                now);
    }
}
