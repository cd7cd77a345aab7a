package dev.understudy.store.subset;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityId;
import dev.understudy.store.RowRefusedException;
import dev.understudy.store.StoreOptions;
import dev.understudy.store.postgres.AlternateKeySettlement;
import dev.understudy.store.sql.SqlFailure;
import dev.understudy.store.sql.SqlText;
import dev.understudy.store.sql.SqlValues;
import dev.understudy.store.sql.Transactions;
import dev.understudy.store.table.Table;
import dev.understudy.store.table.Tables;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** In PostgreSQL: a batch is one transaction, types and keys locked in the order of all writers. */
final class SqlWithdrawals implements Withdrawals {
    private static final String LOCK =
            """
            SELECT "_version", ${key} FROM ${table} WHERE ${key} = ANY (?)
            ORDER BY ${key} FOR NO KEY UPDATE
            """;

    private static final String WITHDRAW =
            """
            UPDATE ${table} AS t SET ${columns} "_state" = 'p', "_version" = e.version,
                "_epoch" = e.epoch, "_lsn" = e.lsn, "_changed_at" = e.changed_at,
                "_placed_at" = CASE t."_state" WHEN 'p' THEN t."_placed_at" ELSE now() END,
                "_hydrated_at" = NULL, "_ceded" = 0
            FROM unnest(?::${type}[], ?::int8[], ?::int8[], ?::int8[], ?::timestamptz[])
                AS e (key, version, epoch, lsn, changed_at)
            WHERE t.${key} = e.key AND t."_version" < e.version AND t."_state" <> 'a'
            """;

    private final Tables tables;
    private final AlternateKeySettlement alternateKeys;
    private final Transactions transactions;

    SqlWithdrawals(DataSource dataSource, Catalog catalog, String instance) {
        this.tables = new Tables(catalog);
        this.alternateKeys = new AlternateKeySettlement(tables, catalog, instance);
        this.transactions =
                new Transactions(dataSource, StoreOptions.defaults(), ThreadLocalRandom::current);
    }

    @Override
    public Set<EntityId> withdraw(List<ChangeEvent> events) {
        TreeMap<String, List<ChangeEvent>> byType = new TreeMap<>();
        events.stream()
                .sorted(Comparator.comparing(ChangeEvent::key))
                .forEach(event ->
                        byType.computeIfAbsent(event.type().fullName(), _ -> new ArrayList<>())
                                .add(event));
        String doing = "withdraw %d rows".formatted(events.size());
        try {
            return transactions.run(
                    doing,
                    connection -> {
                        Set<EntityId> stale = new HashSet<>();
                        List<EntityType> types = new ArrayList<>();
                        for (List<ChangeEvent> some : byType.values()) {
                            withdraw(connection, some, stale);
                            types.add(some.getFirst().type());
                        }
                        alternateKeys.settle(connection, types);
                        return stale;
                    });
        } catch (SQLException e) {
            // Of class 54 nobody can tell whether it is about a row, or all that is written.
            if (SqlFailure.of(e) == SqlFailure.REFUSED && !SqlFailure.state(e).startsWith("54")) {
                throw new RowRefusedException(SqlFailure.state(e), SqlFailure.message(e), e);
            }
            throw SqlFailure.fault(doing, e);
        }
    }

    private void withdraw(Connection connection, List<ChangeEvent> events, Set<EntityId> stale)
            throws SQLException {
        Table table = tables.of(events.getFirst().type());
        Map<EntityKey, Version> held = lock(connection, table, events);
        // Only what is locked: what came since is in nobody's order.
        List<ChangeEvent> newer = new ArrayList<>();
        for (ChangeEvent event : events) {
            Version version = held.get(event.key());
            if (version != null && version.compareTo(event.version()) < 0) {
                newer.add(event);
            } else if (version != null) {
                stale.add(new EntityId(table.type(), event.key()));
            }
        }
        try (PreparedStatement update = connection.prepareStatement(sql(WITHDRAW, table))) {
            update.setArray(1, keys(connection, table, newer));
            update.setArray(2, array(connection, newer, event -> event.version().number()));
            update.setArray(
                    3, array(connection, newer, event -> event.metadata().position().epoch()));
            update.setArray(
                    4, array(connection, newer, event -> event.metadata().position().commitLsn()));
            update.setArray(
                    5,
                    connection.createArrayOf(
                            "timestamptz",
                            texts(newer, event -> SqlText.of(event.metadata().time()))));
            update.executeUpdate();
        }
    }

    /** The versions of the rows that are there. */
    private static Map<EntityKey, Version> lock(
            Connection connection, Table table, List<ChangeEvent> events) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(sql(LOCK, table))) {
            lock.setArray(1, keys(connection, table, events));
            Map<EntityKey, Version> versions = new HashMap<>();
            try (ResultSet row = lock.executeQuery()) {
                while (row.next()) {
                    versions.put(
                            SqlValues.key(table.type().keyType(), row, 2),
                            new Version(row.getLong(1)));
                }
            }
            return versions;
        }
    }

    private static Array keys(Connection connection, Table table, List<ChangeEvent> events)
            throws SQLException {
        return connection.createArrayOf(
                table.key().type().element(), texts(events, event -> event.key().text()));
    }

    private static Array array(
            Connection connection, List<ChangeEvent> events, Function<ChangeEvent, Long> number)
            throws SQLException {
        return connection.createArrayOf("int8", events.stream().map(number).toArray());
    }

    private static Object[] texts(List<ChangeEvent> events, Function<ChangeEvent, String> text) {
        return events.stream().map(text).toArray();
    }

    private static String sql(String template, Table table) {
        String columns =
                table.columns().stream()
                        .filter(column -> !column.equals(table.key()))
                        .map(column -> column.quoted() + " = NULL,")
                        .collect(Collectors.joining(" "));
        return template.replace("${table}", table.quoted())
                .replace("${key}", table.key().quoted())
                .replace("${type}", table.key().type().element())
                .replace("${columns}", columns);
    }
}
