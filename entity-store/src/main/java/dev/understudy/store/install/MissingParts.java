package dev.understudy.store.install;

import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.FieldType;
import dev.understudy.schemas.model.ModelException;
import dev.understudy.store.install.PresentTable.Check;
import dev.understudy.store.install.PresentTable.ForeignKey;
import dev.understudy.store.table.Column;
import dev.understudy.store.table.Table;
import dev.understudy.store.table.UniqueKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a table that is there lacks. Found anew each time and not kept in a journal, so a migration
 * that was cut short goes on where it was.
 */
final class MissingParts {
    private final Table table;
    private final TableDefinition definition;
    private final PresentTable present;

    MissingParts(Table table, PresentTable present) {
        this.table = table;
        this.definition = new TableDefinition(table);
        this.present = present;
    }

    /** Columns, checks and indexes. */
    List<Step> own() {
        List<Step> steps = new ArrayList<>();
        columns(steps);
        checks(steps);
        obsoleteChecks(steps);
        for (UniqueKey key : missingKeys()) {
            steps.add(new Step.Cede(table, key));
        }
        for (Index index : definition.indexes()) {
            if (!present.indexes().getOrDefault(index.name(), false)) {
                steps.add(new Step.Build(index));
            }
        }
        return steps;
    }

    /** Alternate keys that the table does not keep unique yet. */
    List<UniqueKey> missingKeys() {
        return table.alternateKeys().stream()
                .filter(key -> !present.indexes().getOrDefault(key.indexName(table), false))
                .toList();
    }

    /** Whether the table has these columns already, so that rows may hold something in them. */
    boolean has(List<Column> columns) {
        return present.columns().containsKey("_ceded")
                && columns.stream()
                        .allMatch(column -> present.columns().containsKey(column.name()));
    }

    /** Foreign keys, once all tables have their own. */
    List<Step> foreignKeys(Function<EntityField, Table> targets) {
        refusePlainColumns();
        List<Step> steps = new ArrayList<>();
        for (Column reference : table.references()) {
            Table target = targets.apply(reference.field());
            ForeignKey there = present.foreignKeys().get(reference.name());
            if (there == null) {
                // First, so that from here on no new value is without its row.
                steps.add(
                        new Step.Brief(definition.addForeignKey(reference, target) + " NOT VALID"));
            }
            if (there == null || !there.validated()) {
                String name = there == null ? definition.foreignKeyName(reference) : there.name();
                steps.add(new Step.Place(table, reference, target));
                steps.add(new Step.Scan(definition.validate(name)));
            }
        }
        return steps;
    }

    private void columns(List<Step> steps) {
        for (Column column : table.columns()) {
            String type = present.columns().get(column.name());
            if (type == null) {
                steps.add(new Step.Brief(definition.add(column)));
            } else if (column.field().type() instanceof FieldType.Decimal
                    && !type.equals(column.type().definition())) {
                steps.add(new Step.Brief(definition.changeType(column)));
            }
        }
        for (String column : definition.systemColumns().keySet()) {
            if (!present.columns().containsKey(column)) {
                steps.add(new Step.Brief(definition.addSystemColumn(column)));
            }
        }
    }

    private void checks(List<Step> steps) {
        for (Map.Entry<String, String> wanted : definition.checks().entrySet()) {
            String name = wanted.getKey();
            Check there = present.checks().get(name);
            if (there == null) {
                steps.add(new Step.Brief(definition.addCheck(name)));
            } else if (!there.hasLiteralsOf(wanted.getValue())) {
                steps.add(new Step.Brief(definition.replaceCheck(name)));
            }
            if (there == null || !there.validated() || !there.hasLiteralsOf(wanted.getValue())) {
                steps.add(new Step.Scan(definition.validate(name)));
            }
        }
        for (Column column : table.columns()) {
            String required = TableDefinition.requiredName(column);
            if (!column.field().required() && present.checks().containsKey(required)) {
                steps.add(new Step.Brief(definition.dropCheck(required)));
            }
        }
    }

    private void obsoleteChecks(List<Step> steps) {
        for (String obsolete : TableDefinition.obsoleteChecks()) {
            if (present.checks().containsKey(obsolete)) {
                steps.add(new Step.Brief(definition.dropCheck(obsolete)));
            }
        }
    }

    /** A catalog that takes a reference for a plain value would write what the key refuses. */
    private void refusePlainColumns() {
        for (EntityField declared : EntityType.of(table.type().schema()).references()) {
            Column column = table.columns().get(declared.index());
            if (column.field().reference().isEmpty()
                    && present.foreignKeys().containsKey(column.name())) {
                throw new ModelException(
                        "%s.%s has its foreign key in this database: add %s to the catalog"
                                .formatted(
                                        table.type(),
                                        declared.name(),
                                        declared.reference().orElseThrow().type()));
            }
        }
    }
}
