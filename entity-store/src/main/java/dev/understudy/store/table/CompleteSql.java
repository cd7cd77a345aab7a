package dev.understudy.store.table;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityField;

/** The condition that a row and all that it refers to are hydrated. */
public final class CompleteSql {
    /** An alias is as its entity. */
    private static final String REFERENCE =
            """
             AND NOT EXISTS (SELECT 1 FROM ${target} AS r WHERE r.${key} = ${reference}
                AND r."_state" <> 'h' AND NOT (r."_state" = 'a' AND EXISTS (
                    SELECT 1 FROM ${target} AS e
                    WHERE e.${key} = r."_alias_of" AND e."_state" = 'h')))
            """;

    private CompleteSql() {}

    /** Of a row of the table under this alias. */
    public static String of(Catalog catalog, Tables tables, Table table, String alias) {
        StringBuilder sql = new StringBuilder("(%s.\"_state\" = 'h'".formatted(alias));
        for (EntityField reference : table.type().references()) {
            Table target = tables.of(catalog.target(reference));
            sql.append(
                    REFERENCE
                            .replace("${target}", target.quoted())
                            .replace("${key}", target.key().quoted())
                            .replace(
                                    "${reference}",
                                    alias + "." + table.columns().get(reference.index()).quoted()));
        }
        return sql.append(')').toString();
    }
}
