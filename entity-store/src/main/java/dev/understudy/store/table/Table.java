package dev.understudy.store.table;

import dev.understudy.schemas.model.AlternateKey;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.ModelException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table of one entity type; its columns are positional as the type's fields. */
public record Table(EntityType type, String schema, String name, List<Column> columns) {
    public Table {
        columns = List.copyOf(columns);
    }

    /**
     * The table of this type.
     *
     * @throws ModelException if two fields have one column name, or a name cannot be used
     */
    public static Table of(EntityType type) {
        Map<String, EntityField> byName = new HashMap<>();
        List<Column> columns = type.fields().stream().map(field -> column(type, field)).toList();
        for (Column column : columns) {
            EntityField other = byName.put(column.name(), column.field());
            if (other != null) {
                throw new ModelException(
                        "%s: the fields %s and %s would both be the column %s"
                                .formatted(
                                        type.fullName(),
                                        other.name(),
                                        column.field().name(),
                                        column.name()));
            }
        }
        return new Table(type, Names.schema(type), Names.table(type), columns);
    }

    /** Schema and name. */
    public String quoted() {
        return Names.quoted(schema) + "." + Names.quoted(name);
    }

    public Column key() {
        return columns.get(type.key().index());
    }

    /** The alternate keys, in the order that the type declares. */
    public List<UniqueKey> alternateKeys() {
        List<UniqueKey> keys = new ArrayList<>();
        for (AlternateKey key : type.alternateKeys()) {
            keys.add(
                    new UniqueKey(
                            keys.size(),
                            key.fields().stream()
                                    .map(field -> columns.get(field.index()))
                                    .toList()));
        }
        return List.copyOf(keys);
    }

    /** The columns that hold keys of other rows. */
    public List<Column> references() {
        return columns.stream().filter(column -> column.field().reference().isPresent()).toList();
    }

    private static Column column(EntityType type, EntityField field) {
        boolean holdsKey = field.reference().isPresent() || field.equals(type.key());
        try {
            return new Column(
                    field,
                    Names.column(type, field.name()),
                    holdsKey ? ColumnType.ofKey(field.type()) : ColumnType.of(field.type()));
        } catch (ModelException e) {
            throw new ModelException(type.fullName() + "." + field.name() + ": " + e.getMessage());
        }
    }
}
