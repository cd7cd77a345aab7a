package dev.understudy.store;

import dev.understudy.schemas.model.EntityField;

/** The column of one field. */
record Column(EntityField field, String name, ColumnType type) {
    String quoted() {
        return Names.quoted(name);
    }
}
