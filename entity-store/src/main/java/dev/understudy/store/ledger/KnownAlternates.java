package dev.understudy.store.ledger;

import dev.understudy.schemas.model.AlternateKey;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.AlternateId;
import dev.understudy.store.EntityId;
import dev.understudy.store.sql.SqlValues;
import dev.understudy.store.sql.Transactions;
import dev.understudy.store.table.Column;
import dev.understudy.store.table.Table;
import dev.understudy.store.table.Tables;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The alternate keys by which placeholders with provisional keys are known. */
final class KnownAlternates {
    private static final String NAMED =
            """
            SELECT ${columns} FROM ${table}
            WHERE "_state" = 'p' AND ${key} = ANY (?::${type}[])
            """;

    private final Tables tables;
    private final Transactions transactions;

    KnownAlternates(Tables tables, Transactions transactions) {
        this.tables = tables;
        this.transactions = transactions;
    }

    /** Without those of these entities that are no such placeholders. */
    Map<EntityId, List<AlternateId>> of(Collection<EntityId> ids) {
        Map<EntityType, List<EntityKey>> provisional = new LinkedHashMap<>();
        for (EntityId id : ids) {
            if (AlternateId.mayBeProvisional(id.key()) && !id.type().alternateKeys().isEmpty()) {
                provisional.computeIfAbsent(id.type(), _ -> new ArrayList<>()).add(id.key());
            }
        }
        Map<EntityId, List<AlternateId>> alternates = new HashMap<>();
        provisional.forEach((type, keys) -> alternates.putAll(read(type, keys)));
        return alternates;
    }

    private Map<EntityId, List<AlternateId>> read(EntityType type, List<EntityKey> keys) {
        Table table = tables.of(type);
        String columns =
                table.columns().stream().map(Column::quoted).collect(Collectors.joining(", "));
        String sql =
                NAMED.replace("${table}", table.quoted())
                        .replace("${key}", table.key().quoted())
                        .replace("${columns}", columns)
                        .replace("${type}", table.key().type().element());
        return transactions.read(
                "read alternate keys of placeholders of " + type,
                connection -> {
                    try (PreparedStatement select = connection.prepareStatement(sql)) {
                        Object[] texts = keys.stream().map(EntityKey::text).toArray();
                        select.setArray(1, connection.createArrayOf("text", texts));
                        Map<EntityId, List<AlternateId>> alternates = new HashMap<>();
                        try (ResultSet row = select.executeQuery()) {
                            while (row.next()) {
                                EntityContent content = SqlValues.content(table, row, 1);
                                List<AlternateId> known = known(content);
                                if (!known.isEmpty()) {
                                    alternates.put(new EntityId(type, content.key()), known);
                                }
                            }
                        }
                        return alternates;
                    }
                });
    }

    private static List<AlternateId> known(EntityContent content) {
        List<AlternateId> known = new ArrayList<>();
        for (AlternateKey key : content.type().alternateKeys()) {
            List<Object> values =
                    key.fields().stream()
                            .map(content::value)
                            .filter(Objects::nonNull)
                            .map(Object.class::cast)
                            .toList();
            if (values.size() == key.fields().size()) {
                known.add(new AlternateId(content.type(), key, values));
            }
        }
        return known;
    }
}
