package dev.understudy.store.table;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityType;
import java.util.List;

/** A column that refers to some type's rows, and its table. */
public record Referrer(Table table, Column column) {
    /** All of a catalog that refer to this type, its own among them. */
    public static List<Referrer> to(EntityType target, Catalog catalog, Tables tables) {
        return tables.all().stream()
                .flatMap(table ->
                        table.references().stream().map(column -> new Referrer(table, column)))
                .filter(referrer -> catalog.target(referrer.column().field()).equals(target))
                .toList();
    }
}
