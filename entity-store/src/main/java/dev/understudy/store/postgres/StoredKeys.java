package dev.understudy.store.postgres;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.StoreException;
import dev.understudy.store.StoreOptions;
import dev.understudy.store.sql.SqlValues;
import dev.understudy.store.sql.Transactions;
import dev.understudy.store.table.Table;
import dev.understudy.store.table.Tables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/**
 * The keys of all rows that a snapshot of a type consists of: hydrated rows and deletion markers,
 * not placeholders. Thread-safe.
 */
public final class StoredKeys {
    private static final String FIRST =
            "SELECT %1$s FROM %2$s WHERE \"_state\" IN ('h', 'd') ORDER BY %1$s LIMIT ?";
    private static final String NEXT =
            "SELECT %1$s FROM %2$s WHERE \"_state\" IN ('h', 'd') AND %1$s > ? ORDER BY %1$s LIMIT ?";

    private static final String COUNT = "SELECT count(*) FROM %s WHERE \"_state\" IN ('h', 'd')";

    private final Tables tables;
    private final Transactions transactions;

    public StoredKeys(DataSource dataSource, Catalog catalog) {
        tables = new Tables(catalog);
        transactions =
                new Transactions(dataSource, StoreOptions.defaults(), ThreadLocalRandom::current);
    }

    /**
     * Keys in the database's order, beginning after one; at most so many, none at the end.
     *
     * @throws StoreException if the database is away
     */
    public List<EntityKey> page(EntityType type, Optional<EntityKey> after, int limit) {
        return transactions.read(
                "read keys of " + type,
                connection -> page(connection, tables.of(type), after, limit));
    }

    /** How many there are in all; a scan of the table. */
    public long count(EntityType type) {
        return transactions.read(
                "count rows of " + type,
                connection -> {
                    String sql = COUNT.formatted(tables.of(type).quoted());
                    try (PreparedStatement select = connection.prepareStatement(sql);
                            ResultSet row = select.executeQuery()) {
                        row.next();
                        return row.getLong(1);
                    }
                });
    }

    private static List<EntityKey> page(
            Connection connection, Table table, Optional<EntityKey> after, int limit)
            throws SQLException {
        String sql =
                (after.isPresent() ? NEXT : FIRST).formatted(table.key().quoted(), table.quoted());
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            int index = 1;
            if (after.isPresent()) {
                select.setObject(index++, after.get().value());
            }
            select.setInt(index, limit);
            List<EntityKey> keys = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    keys.add(SqlValues.key(table.type().keyType(), rows, 1));
                }
            }
            return keys;
        }
    }
}
