package dev.understudy.store.table;

import dev.understudy.schemas.model.EntityField;

/** The column of one field. */
public record Column(EntityField field, String name, ColumnType type) {
    public String quoted() {
        return Names.quoted(name);
    }
}
