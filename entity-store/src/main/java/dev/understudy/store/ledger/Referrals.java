package dev.understudy.store.ledger;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityId;
import dev.understudy.store.sql.SqlValues;
import dev.understudy.store.sql.Transactions;
import dev.understudy.store.table.Referrer;
import dev.understudy.store.table.Table;
import dev.understudy.store.table.Tables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which rows refer to placeholders, by the field in which they do. */
final class Referrals {
    private static final String REFERRERS_OF_ALL =
            """
            SELECT count(*) FROM %s AS r JOIN ${table} AS p ON p.${key} = r.%s
            WHERE p."_state" = 'p'
            """;

    private static final String REFERRERS_OF_ONE = "SELECT count(*) FROM %s WHERE %s = ?";

    private static final String FIRST_REFERRERS =
            "SELECT %3$s FROM %1$s WHERE %2$s = ? ORDER BY %3$s LIMIT ?";
    private static final String NEXT_REFERRERS =
            "SELECT %3$s FROM %1$s WHERE %2$s = ? AND %3$s > ? ORDER BY %3$s LIMIT ?";

    private final Catalog catalog;
    private final Tables tables;
    private final Transactions transactions;

    Referrals(Catalog catalog, Tables tables, Transactions transactions) {
        this.catalog = catalog;
        this.tables = tables;
        this.transactions = transactions;
    }

    /** Of placeholders of the type. */
    List<ReferrerCount> counts(EntityType type) {
        Table table = tables.of(type);
        return transactions.read(
                "count what refers to placeholders of " + type,
                connection ->
                        counts(
                                connection,
                                type,
                                REFERRERS_OF_ALL
                                        .replace("${table}", table.quoted())
                                        .replace("${key}", table.key().quoted()),
                                Optional.empty()));
    }

    /** Of one entity. */
    List<ReferrerCount> counts(EntityId id) {
        return transactions.read(
                "count what refers to " + id,
                connection ->
                        counts(connection, id.type(), REFERRERS_OF_ONE, Optional.of(id.key())));
    }

    /** The keys of referring rows, in the database's order, beginning after one. */
    List<EntityKey> page(
            EntityId id,
            EntityType referring,
            EntityField field,
            Optional<EntityKey> after,
            int limit) {
        Table table = tables.of(referring);
        String sql =
                (after.isPresent() ? NEXT_REFERRERS : FIRST_REFERRERS)
                        .formatted(
                                table.quoted(),
                                table.columns().get(field.index()).quoted(),
                                table.key().quoted());
        return transactions.read(
                "list what refers to " + id,
                connection -> {
                    try (PreparedStatement select = connection.prepareStatement(sql)) {
                        int index = 1;
                        select.setObject(index++, id.key().value());
                        if (after.isPresent()) {
                            select.setObject(index++, after.get().value());
                        }
                        select.setInt(index, limit);
                        List<EntityKey> keys = new ArrayList<>();
                        try (ResultSet row = select.executeQuery()) {
                            while (row.next()) {
                                keys.add(SqlValues.key(referring.keyType(), row, 1));
                            }
                        }
                        return keys;
                    }
                });
    }

    private List<ReferrerCount> counts(
            Connection connection, EntityType type, String template, Optional<EntityKey> key)
            throws SQLException {
        List<ReferrerCount> counts = new ArrayList<>();
        for (Referrer referrer : Referrer.to(type, catalog, tables)) {
            String sql = template.formatted(referrer.table().quoted(), referrer.column().quoted());
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                if (key.isPresent()) {
                    select.setObject(1, key.get().value());
                }
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    counts.add(
                            new ReferrerCount(
                                    referrer.table().type(),
                                    referrer.column().field(),
                                    row.getLong(1)));
                }
            }
        }
        return counts;
    }
}
