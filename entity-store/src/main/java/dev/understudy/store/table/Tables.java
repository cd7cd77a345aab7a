package dev.understudy.store.table;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.ModelException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables of a catalog's types. */
public final class Tables {
    private final Map<String, Table> byType = new LinkedHashMap<>();

    /**
     * Derives the tables.
     *
     * @throws ModelException if two types have one table, or a table cannot be
     */
    public Tables(Catalog catalog) {
        Map<String, Table> byName = new HashMap<>();
        for (CatalogEntry entry : catalog.entries()) {
            Table table = Table.of(entry.type());
            Table other = byName.put(table.quoted(), table);
            if (other != null) {
                throw new ModelException(
                        "%s and %s would both be the table %s"
                                .formatted(other.type(), table.type(), table.quoted()));
            }
            byType.put(entry.type().fullName(), table);
        }
    }

    public List<Table> all() {
        return List.copyOf(byType.values());
    }

    /**
     * The table of this type.
     *
     * @throws ModelException if the type, or this version of its schema, is not in the catalog
     */
    public Table of(EntityType type) {
        Table table = of(type.fullName());
        if (!table.type().equals(type)) {
            throw new ModelException(
                    type.fullName() + " has another schema than in this store's catalog");
        }
        return table;
    }

    public Table of(String typeName) {
        Table table = byType.get(typeName);
        if (table == null) {
            throw new ModelException(
                    typeName + " is not in this store's catalog " + byType.keySet());
        }
        return table;
    }
}
