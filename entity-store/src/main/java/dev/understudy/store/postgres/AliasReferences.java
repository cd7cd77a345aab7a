package dev.understudy.store.postgres;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.store.EntityId;
import dev.understudy.store.StoreOptions;
import dev.understudy.store.sql.SqlFailure;
import dev.understudy.store.sql.SqlValues;
import dev.understudy.store.sql.Transactions;
import dev.understudy.store.table.Column;
import dev.understudy.store.table.Table;
import dev.understudy.store.table.Tables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/**
 * The aliases that owned rows may still refer to. To move such a reference is a write of the row's
 * owner, in a {@link dev.understudy.store.StoreTransaction}. Thread-safe. Every method throws
 * {@link dev.understudy.store.StoreException} when the database is away.
 */
public final class AliasReferences {
    private static final String UNSETTLED =
            """
            SELECT ${key} FROM ${table} WHERE "_state" = 'a' AND "_placed_at" IS NOT NULL
            ORDER BY "_placed_at" LIMIT ?
            """;

    private static final String REFERRERS =
            "SELECT ${key} FROM ${table} WHERE ${reference} = ? AND \"_state\" = 'h' ORDER BY ${key} LIMIT ?";

    private static final String SETTLE =
            "UPDATE ${table} SET \"_placed_at\" = NULL WHERE ${key} = ? AND \"_state\" = 'a'";

    private final Catalog catalog;
    private final Tables tables;
    private final String instance;
    private final Transactions transactions;

    public AliasReferences(DataSource dataSource, Catalog catalog, String instance) {
        this.catalog = catalog;
        this.tables = new Tables(catalog);
        this.instance = instance;
        this.transactions =
                new Transactions(dataSource, StoreOptions.defaults(), ThreadLocalRandom::current);
    }

    /** Aliases whose references have not all been moved, the oldest of each type first. */
    public List<EntityId> unsettled(int limitPerType) {
        return transactions.read(
                "read aliases",
                connection -> {
                    List<EntityId> aliases = new ArrayList<>();
                    for (Table table : tables.all()) {
                        try (PreparedStatement select =
                                connection.prepareStatement(sql(UNSETTLED, table))) {
                            select.setInt(1, limitPerType);
                            addAll(aliases, table, select);
                        }
                    }
                    return aliases;
                });
    }

    /** Owned rows that refer to an alias, at most so many; none if all have been moved. */
    public List<EntityId> referrers(EntityId alias, int limit) {
        return transactions.read(
                "read what refers to " + alias,
                connection -> {
                    List<EntityId> referrers = new ArrayList<>();
                    for (CatalogEntry entry : catalog.ownedBy(instance)) {
                        Table table = tables.of(entry.type());
                        for (Column reference : table.references()) {
                            if (catalog.target(reference.field()).equals(alias.type())) {
                                addReferrers(connection, referrers, table, reference, alias, limit);
                            }
                        }
                    }
                    return referrers.stream().distinct().sorted().limit(limit).toList();
                });
    }

    /** Notes that nothing refers to an alias any more. A write that meets one starts again. */
    public void settled(EntityId alias) {
        try {
            transactions.run(
                    "settle " + alias,
                    connection -> {
                        try (PreparedStatement update =
                                connection.prepareStatement(sql(SETTLE, tables.of(alias.type())))) {
                            update.setObject(1, alias.key().value());
                            return update.executeUpdate();
                        }
                    });
        } catch (SQLException e) {
            throw SqlFailure.fault("settle " + alias, e);
        }
    }

    private static void addReferrers(
            Connection connection,
            List<EntityId> referrers,
            Table table,
            Column reference,
            EntityId alias,
            int limit)
            throws SQLException {
        String sql = sql(REFERRERS, table).replace("${reference}", reference.quoted());
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, alias.key().value());
            select.setInt(2, limit);
            addAll(referrers, table, select);
        }
    }

    private static void addAll(List<EntityId> ids, Table table, PreparedStatement select)
            throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                ids.add(new EntityId(table.type(), SqlValues.key(table.type().keyType(), row, 1)));
            }
        }
    }

    private static String sql(String template, Table table) {
        return template.replace("${table}", table.quoted()).replace("${key}", table.key().quoted());
    }
}
