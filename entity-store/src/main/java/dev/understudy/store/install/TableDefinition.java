package dev.understudy.store.install;

import dev.understudy.schemas.model.FieldType;
import dev.understudy.store.table.Column;
import dev.understudy.store.table.Names;
import dev.understudy.store.table.Table;
import dev.understudy.store.table.UniqueKey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The DDL of one table. Only hydrated rows need their required fields. */
final class TableDefinition {
    private static final List<String> SYSTEM_COLUMNS =
            List.of(
                    """
                    "_state" "char" NOT NULL
                        CONSTRAINT "_state_known" CHECK ("_state" IN ('p', 'h', 'd', 'a'))\
                    """,
                    """
                    "_version" bigint NOT NULL
                        CONSTRAINT "_version_counts" CHECK ("_version" >= 0)\
                    """,
                    "\"_epoch\" bigint",
                    "\"_lsn\" bigint",
                    "\"_placed_at\" timestamptz",
                    "\"_hydrated_at\" timestamptz",
                    "\"_changed_at\" timestamptz NOT NULL",
                    "\"_ceded\" smallint NOT NULL DEFAULT 0",
                    """
                    CONSTRAINT "_placeholder_without_version"
                        CHECK (("_state" IN ('p', 'a')) = ("_version" = 0))\
                    """,
                    """
                    CONSTRAINT "_placeholder_placed"
                        CHECK ("_state" <> 'p' OR "_placed_at" IS NOT NULL)\
                    """);

    private final Table table;

    TableDefinition(Table table) {
        this.table = table;
    }

    /** Creates the table, without its foreign keys to others, and its indexes. */
    List<String> create() {
        List<String> parts = new ArrayList<>();
        for (Column column : table.columns()) {
            parts.add(column.equals(table.key()) ? key() : column(column));
        }
        parts.addAll(SYSTEM_COLUMNS);
        parts.add(aliasOf());
        List<String> statements = new ArrayList<>();
        statements.add(
                "CREATE TABLE %s (\n  %s\n)"
                        .formatted(table.quoted(), String.join(",\n  ", parts)));
        statements.add(partialIndex("\"_placed_at\"", "\"_state\" = 'p'"));
        statements.add(partialIndex("\"_alias_of\"", "\"_state\" = 'a'"));
        // So that asking whether any row is without its alternate key costs nothing.
        statements.add(partialIndex("\"_ceded\"", "\"_ceded\" <> 0"));
        table.references().forEach(reference -> statements.add(addReferenceIndex(reference)));
        return List.copyOf(statements);
    }

    /** Adds the index that keeps an alternate key unique among the rows that claim it. */
    String addAlternateKey(UniqueKey key) {
        return "CREATE UNIQUE INDEX %s ON %s (%s) WHERE %s"
                .formatted(
                        Names.quoted(key.indexName(table)),
                        table.quoted(),
                        key.columnList(),
                        key.claimed());
    }

    /** Adds the index by which the rows that refer to an entity are found. */
    String addReferenceIndex(Column reference) {
        return partialIndex(reference.quoted(), reference.quoted() + " IS NOT NULL");
    }

    /** Adds the column of an optional field to a table that is there. */
    String add(Column column) {
        return "ALTER TABLE %s ADD COLUMN %s".formatted(table.quoted(), column(column));
    }

    /** Adds the foreign key of a reference. */
    String addForeignKey(Column reference, Table target) {
        return "ALTER TABLE %s ADD FOREIGN KEY (%s) REFERENCES %s (%s) DEFERRABLE INITIALLY IMMEDIATE"
                .formatted(
                        table.quoted(), reference.quoted(), target.quoted(), target.key().quoted());
    }

    private String partialIndex(String columns, String predicate) {
        return "CREATE INDEX ON %s (%s) WHERE %s".formatted(table.quoted(), columns, predicate);
    }

    /** No foreign key, whose trigger every inserted row would pay for. */
    private String aliasOf() {
        return """
        "_alias_of" %s
            CONSTRAINT "_alias_of_another" CHECK (("_state" = 'a') = ("_alias_of" IS NOT NULL))\
        """
                .formatted(table.key().type().definition());
    }

    private String key() {
        return "%s %s PRIMARY KEY".formatted(table.key().quoted(), table.key().type().definition());
    }

    private static String column(Column column) {
        StringBuilder sql = new StringBuilder(column.quoted());
        sql.append(' ').append(column.type().definition());
        if (column.field().required()) {
            sql.append(
                    " CONSTRAINT %s CHECK (\"_state\" <> 'h' OR %s IS NOT NULL)"
                            .formatted(constraint("required_", column), column.quoted()));
        }
        if (column.field().type() instanceof FieldType.Symbol symbol) {
            sql.append(
                    " CONSTRAINT %s CHECK (%s IN (%s))"
                            .formatted(
                                    constraint("symbol_", column),
                                    column.quoted(),
                                    symbol.symbols().stream()
                                            .map(Names::literal)
                                            .collect(Collectors.joining(", "))));
        }
        return sql.toString();
    }

    private static String constraint(String prefix, Column column) {
        return Names.quoted(prefix + column.name());
    }
}
