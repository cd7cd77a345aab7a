package dev.understudy.store.install;

import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.FieldType;
import dev.understudy.schemas.model.ModelException;
import dev.understudy.store.table.Column;
import dev.understudy.store.table.Table;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What must be done to an installed table to become another; so far only new optional fields. */
final class SchemaChange {
    private SchemaChange() {}

    /**
     * The columns to add.
     *
     * @throws ModelException if the table would have to change in any other way
     */
    static List<Column> columnsToAdd(
            InstalledTypes.Installed installed, CatalogEntry entry, Table wanted) {
        String name = entry.type().fullName();
        if (!installed.owner().equals(entry.owner())) {
            throw new ModelException(
                    "%s is installed as owned by '%s'; the catalog says '%s'"
                            .formatted(name, installed.owner(), entry.owner()));
        }
        Table present = Table.of(installed.type());
        if (!present.key().name().equals(wanted.key().name())) {
            throw refused(name + "." + wanted.key().field().name(), "another field was the key");
        }
        Map<String, Column> wantedByName =
                wanted.columns().stream()
                        .collect(Collectors.toMap(Column::name, Function.identity()));
        for (Column column : present.columns()) {
            check(name + "." + column.field().name(), column, wantedByName.remove(column.name()));
        }
        for (Column added : wantedByName.values()) {
            if (added.field().required()) {
                throw refused(
                        name + "." + added.field().name(),
                        "a new field must be optional (a union with null)");
            }
        }
        return wanted.columns().stream()
                .filter(column -> wantedByName.containsKey(column.name()))
                .toList();
    }

    private static void check(String name, Column present, @Nullable Column wanted) {
        if (wanted == null) {
            throw refused(name, "the field is installed and the schema no longer has it");
        }
        EntityField before = present.field();
        EntityField after = wanted.field();
        if (!present.type().equals(wanted.type())
                || before.required() != after.required()
                || !symbols(before).equals(symbols(after))
                || !target(before).equals(target(after))) {
            throw refused(
                    name,
                    "installed as %s, wanted as %s"
                            .formatted(described(present), described(wanted)));
        }
    }

    private static String described(Column column) {
        return column.type().definition()
                + symbols(column.field())
                + (column.field().required() ? " required" : " optional")
                + target(column.field());
    }

    private static String symbols(EntityField field) {
        return field.type() instanceof FieldType.Symbol symbol ? " of " + symbol.symbols() : "";
    }

    private static String target(EntityField field) {
        return field.reference().map(reference -> " → " + reference.type()).orElse("");
    }

    private static ModelException refused(String field, String why) {
        return new ModelException(
                "%s: %s; this change of an installed schema is not supported yet"
                        .formatted(field, why));
    }
}
