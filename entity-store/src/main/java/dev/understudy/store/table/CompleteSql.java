package dev.understudy.store.table;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityField;

/** The condition that a row and all that it refers to are hydrated. */
public final class CompleteSql {
    private CompleteSql() {}

    /** Of a row of the table under this alias. */
    public static String of(Catalog catalog, Tables tables, Table table, String alias) {
        StringBuilder sql = new StringBuilder("(%s.\"_state\" = 'h'".formatted(alias));
        for (EntityField reference : table.type().references()) {
            Table target = tables.of(catalog.target(reference));
            sql.append(
                    " AND NOT EXISTS (SELECT 1 FROM %s AS r WHERE r.%s = %s.%s AND r.\"_state\" <> 'h')"
                            .formatted(
                                    target.quoted(),
                                    target.key().quoted(),
                                    alias,
                                    table.columns().get(reference.index()).quoted()));
        }
        return sql.append(')').toString();
    }
}
