package dev.understudy.store.ledger;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityId;
import dev.understudy.store.StoreOptions;
import dev.understudy.store.sql.SqlFailure;
import dev.understudy.store.sql.Statements;
import dev.understudy.store.sql.Transactions;
import dev.understudy.store.table.Table;
import dev.understudy.store.table.Tables;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * What those who refer to placeholders call them. Who is hydrated has a name of its own: a hint is
 * of no use then, and swept away at some time. Thread-safe.
 */
public final class NameHints {
    private static final String NOTE =
            """
            INSERT INTO "understudy"."name_hint" ("type", "key", "name")
            SELECT t, k, n FROM unnest(?::text[], ?::text[], ?::text[]) AS given (t, k, n)
            ON CONFLICT DO NOTHING
            """;

    private static final String READ =
            """
            SELECT "type", "key", "name" FROM "understudy"."name_hint"
            WHERE ("type", "key") IN (SELECT * FROM unnest(?::text[], ?::text[]))
            """;

    private static final String SWEEP =
            """
            DELETE FROM "understudy"."name_hint" WHERE "type" = ? AND "key" IN (
                SELECT h."key" FROM "understudy"."name_hint" AS h
                LEFT JOIN ${table} AS t ON t.${key} = h."key"::${type} AND t."_state" = 'p'
                WHERE h."type" = ? AND t.${key} IS NULL LIMIT ?)
            """;

    private final Tables tables;
    private final Transactions transactions;

    public NameHints(DataSource dataSource, Catalog catalog) {
        this.tables = new Tables(catalog);
        this.transactions =
                new Transactions(dataSource, StoreOptions.defaults(), ThreadLocalRandom::current);
    }

    /** Notes names with a transaction, sorted, where there are none yet. */
    public static void note(Statements statements, Map<EntityId, String> names) {
        Map<EntityId, String> sorted = new TreeMap<>(names);
        statements.queue(
                NOTE,
                (connection, statement, first) -> {
                    statement.setArray(first, types(connection, sorted.keySet()));
                    statement.setArray(first + 1, keys(connection, sorted.keySet()));
                    statement.setArray(
                            first + 2, connection.createArrayOf("text", sorted.values().toArray()));
                    return first + 3;
                });
    }

    /** The names of those of these that have one. */
    public static Map<EntityId, String> read(Connection connection, Collection<EntityId> ids)
            throws SQLException {
        Map<List<String>, EntityId> byText = new HashMap<>();
        ids.forEach(id -> byText.put(List.of(id.type().fullName(), id.key().text()), id));
        try (PreparedStatement select = connection.prepareStatement(READ)) {
            select.setArray(1, types(connection, ids));
            select.setArray(2, keys(connection, ids));
            Map<EntityId, String> names = new HashMap<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    EntityId id = byText.get(List.of(row.getString(1), row.getString(2)));
                    if (id != null) {
                        names.put(id, row.getString(3));
                    }
                }
            }
            return names;
        }
    }

    /**
     * Removes hints of those that are placeholders no more, at most so many.
     *
     * @return how many
     */
    public int sweep(EntityType type, int limit) {
        Table table = tables.of(type);
        String doing = "sweep names of " + type;
        String sql =
                SWEEP.replace("${table}", table.quoted())
                        .replace("${key}", table.key().quoted())
                        .replace("${type}", table.key().type().element());
        try {
            return transactions.run(
                    doing,
                    connection -> {
                        try (PreparedStatement delete = connection.prepareStatement(sql)) {
                            delete.setString(1, type.fullName());
                            delete.setString(2, type.fullName());
                            delete.setInt(3, limit);
                            return delete.executeUpdate();
                        }
                    });
        } catch (SQLException e) {
            throw SqlFailure.fault(doing, e);
        }
    }

    private static Array types(Connection connection, Collection<EntityId> ids)
            throws SQLException {
        return texts(connection, ids, id -> id.type().fullName());
    }

    private static Array keys(Connection connection, Collection<EntityId> ids) throws SQLException {
        return texts(connection, ids, id -> id.key().text());
    }

    private static Array texts(
            Connection connection, Collection<EntityId> ids, Function<EntityId, String> text)
            throws SQLException {
        return connection.createArrayOf("text", new TreeSet<>(ids).stream().map(text).toArray());
    }
}
