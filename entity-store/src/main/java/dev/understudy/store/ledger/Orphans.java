package dev.understudy.store.ledger;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityId;
import dev.understudy.store.StoreOptions;
import dev.understudy.store.sql.SqlFailure;
import dev.understudy.store.sql.SqlValues;
import dev.understudy.store.sql.Transactions;
import dev.understudy.store.table.Table;
import dev.understudy.store.table.Tables;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/**
 * Placeholders of which the owner said that it does not know the entity. One that is hydrated or
 * deleted, or removed and placed anew, is an orphan no more, without anybody's doing. Thread-safe.
 */
public final class Orphans {
    private static final String MARK =
            """
            INSERT INTO "understudy"."orphan" ("type", "key", "told_at")
            SELECT t, k, now() FROM unnest(?::text[], ?::text[]) AS told (t, k)
            ON CONFLICT ("type", "key") DO UPDATE SET "told_at" = EXCLUDED."told_at"
            """;

    private static final String ARE_ORPHANS =
            """
            FROM "understudy"."orphan" AS o
            JOIN ${table} AS t ON t.${key} = o."key"::${type}
                AND t."_state" = 'p' AND t."_placed_at" <= o."told_at"
            WHERE o."type" = ?\
            """;

    private static final String COUNT = "SELECT count(*) " + ARE_ORPHANS;

    private static final String PAGE =
            "SELECT t.${key}, t.\"_placed_at\", o.\"told_at\" "
                    + ARE_ORPHANS
                    + " AND o.\"key\" > ? ORDER BY o.\"key\" LIMIT ?";

    private static final String SWEEP =
            """
            DELETE FROM "understudy"."orphan" AS gone WHERE gone."type" = ?
                AND NOT EXISTS (SELECT %s AND o."key" = gone."key")
            """
                    .formatted(ARE_ORPHANS);

    private final Tables tables;
    private final Transactions transactions;

    public Orphans(DataSource dataSource, Catalog catalog) {
        this.tables = new Tables(catalog);
        this.transactions =
                new Transactions(dataSource, StoreOptions.defaults(), ThreadLocalRandom::current);
    }

    /** Notes that the owner does not know these, by now. Idempotent. */
    public void markUnknown(Collection<EntityId> ids) {
        List<EntityId> sorted = List.copyOf(new TreeSet<>(ids));
        change(
                "note orphans",
                MARK,
                statement -> {
                    Object[] types = sorted.stream().map(id -> id.type().fullName()).toArray();
                    Object[] keys = sorted.stream().map(id -> id.key().text()).toArray();
                    statement.setArray(1, statement.getConnection().createArrayOf("text", types));
                    statement.setArray(2, statement.getConnection().createArrayOf("text", keys));
                });
    }

    /** How many orphans a type has. */
    public long count(EntityType type) {
        return transactions.read(
                "count orphans of " + type,
                connection -> {
                    try (PreparedStatement select =
                            connection.prepareStatement(sql(COUNT, tables.of(type)))) {
                        select.setString(1, type.fullName());
                        try (ResultSet row = select.executeQuery()) {
                            row.next();
                            return row.getLong(1);
                        }
                    }
                });
    }

    /** Orphans in the order of their keys' text, beginning after one; at most {@code limit}. */
    public List<Orphan> page(EntityType type, Optional<EntityKey> after, int limit) {
        return transactions.read(
                "list orphans of " + type,
                connection -> {
                    try (PreparedStatement select =
                            connection.prepareStatement(sql(PAGE, tables.of(type)))) {
                        select.setString(1, type.fullName());
                        select.setString(2, after.map(EntityKey::text).orElse(""));
                        select.setInt(3, limit);
                        List<Orphan> orphans = new ArrayList<>();
                        try (ResultSet row = select.executeQuery()) {
                            while (row.next()) {
                                EntityKey key = SqlValues.key(type.keyType(), row, 1);
                                orphans.add(
                                        new Orphan(
                                                new EntityId(type, key),
                                                SqlValues.instant(row, 2),
                                                SqlValues.instant(row, 3)));
                            }
                        }
                        return orphans;
                    }
                });
    }

    /** Forgets what was noted of those that are no orphans any more; returns how many. */
    public int sweep(EntityType type) {
        return change(
                "sweep orphans of " + type,
                sql(SWEEP, tables.of(type)),
                statement -> {
                    statement.setString(1, type.fullName());
                    statement.setString(2, type.fullName());
                });
    }

    /** Sets a statement's parameters. */
    @FunctionalInterface
    private interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }

    private int change(String doing, String sql, Binding binding) {
        try {
            return transactions.run(
                    doing,
                    connection -> {
                        try (PreparedStatement statement = connection.prepareStatement(sql)) {
                            binding.bind(statement);
                            return statement.executeUpdate();
                        }
                    });
        } catch (SQLException e) {
            throw SqlFailure.fault(doing, e);
        }
    }

    private static String sql(String template, Table table) {
        return template.replace("${table}", table.quoted())
                .replace("${key}", table.key().quoted())
                .replace("${type}", table.key().type().element());
    }
}
