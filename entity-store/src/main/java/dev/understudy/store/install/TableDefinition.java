package dev.understudy.store.install;

import dev.understudy.schemas.codec.AvroContent;
import dev.understudy.schemas.model.FieldType;
import dev.understudy.store.sql.SqlText;
import dev.understudy.store.table.Column;
import dev.understudy.store.table.Names;
import dev.understudy.store.table.Table;
import dev.understudy.store.table.UniqueKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the table of a type consists of, as DDL. Only hydrated rows need their required fields. */
final class TableDefinition {
    /** PostgreSQL's limit. */
    private static final int MAX_NAME_BYTES = 63;

    private final Table table;

    TableDefinition(Table table) {
        this.table = table;
    }

    /** Creates the table and its indexes, without its foreign keys. */
    List<String> create() {
        List<String> parts = new ArrayList<>();
        for (Column column : table.columns()) {
            parts.add(
                    column.quoted()
                            + " "
                            + column.type().definition()
                            + (column.equals(table.key()) ? " PRIMARY KEY" : ""));
        }
        systemColumns().forEach((name, type) -> parts.add(Names.quoted(name) + " " + type));
        checks().forEach((name, condition) -> parts.add(check(name, condition)));
        List<String> statements = new ArrayList<>();
        statements.add(
                "CREATE TABLE %s (\n  %s\n)"
                        .formatted(table.quoted(), String.join(",\n  ", parts)));
        indexes().forEach(index -> statements.add(index.create()));
        return List.copyOf(statements);
    }

    /** By name, with their types. The alias has no foreign key: every row would pay for it. */
    Map<String, String> systemColumns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("_state", "\"char\" NOT NULL");
        columns.put("_version", "bigint NOT NULL");
        columns.put("_epoch", "bigint");
        columns.put("_lsn", "bigint");
        columns.put("_placed_at", "timestamptz");
        columns.put("_hydrated_at", "timestamptz");
        columns.put("_changed_at", "timestamptz NOT NULL");
        columns.put("_ceded", "smallint NOT NULL DEFAULT 0");
        columns.put("_alias_of", table.key().type().definition());
        return columns;
    }

    /** By name, with their conditions. */
    Map<String, String> checks() {
        Map<String, String> checks = new LinkedHashMap<>();
        checks.put("_state_known", "\"_state\" IN ('p', 'h', 'd', 'a')");
        checks.put("_version_counts", "\"_version\" >= 0");
        // A placeholder may keep the version of an entity that left this replica's subset.
        checks.put("_version_of_entity", "\"_version\" > 0 OR \"_state\" IN ('p', 'a')");
        checks.put("_placeholder_placed", "\"_state\" <> 'p' OR \"_placed_at\" IS NOT NULL");
        checks.put("_alias_of_another", "(\"_state\" = 'a') = (\"_alias_of\" IS NOT NULL)");
        for (Column column : table.columns()) {
            if (column.field().required() && !column.equals(table.key())) {
                checks.put(
                        requiredName(column),
                        "\"_state\" <> 'h' OR %s IS NOT NULL".formatted(column.quoted()));
            }
            if (column.field().type() instanceof FieldType.Symbol(List<String> symbols)) {
                checks.put(
                        "symbol_" + column.name(),
                        "%s IN (%s)".formatted(column.quoted(), literals(symbols)));
            }
        }
        return checks;
    }

    /** Of tables that an earlier version made. */
    static List<String> obsoleteChecks() {
        return List.of("_placeholder_without_version");
    }

    static String requiredName(Column column) {
        return "required_" + column.name();
    }

    List<Index> indexes() {
        List<Index> indexes = new ArrayList<>();
        // By age, and within one moment by key, so that a list of any length has pages.
        indexes.add(
                new Index(
                        table,
                        fitted(table.name() + "_placeholders_idx"),
                        Names.quoted("_placed_at") + ", " + table.key().quoted(),
                        "\"_state\" = 'p'",
                        Index.Kind.SEARCH));
        indexes.add(search("_changed_at", "\"_state\" = 'd'"));
        indexes.add(search("_alias_of", "\"_state\" = 'a'"));
        indexes.add(
                new Index(
                        table,
                        fitted(table.name() + "_alias_placed_at_idx"),
                        Names.quoted("_placed_at"),
                        "\"_state\" = 'a'",
                        Index.Kind.SEARCH));
        // So that asking whether any row is without its alternate key costs nothing.
        indexes.add(search("_ceded", "\"_ceded\" <> 0"));
        // By which the rows that refer to an entity are found.
        table.references()
                .forEach(reference ->
                        indexes.add(search(reference.name(), reference.quoted() + " IS NOT NULL")));
        table.alternateKeys().forEach(key -> indexes.add(alternateKey(key)));
        return List.copyOf(indexes);
    }

    /** The index that keeps an alternate key unique among the rows that hold it. */
    private Index alternateKey(UniqueKey key) {
        return new Index(
                table, key.indexName(table), key.columnList(""), key.held(""), Index.Kind.UNIQUE);
    }

    /**
     * Adds the column of a field to a table that is there, without its checks. Rows that are there
     * and rows of writers that do not know the field have the schema's default, as their events
     * have; a constant one does not rewrite the table.
     */
    String add(Column column) {
        String defaultValue =
                AvroContent.defaultOf(table.type(), column.field())
                        .map(value -> SqlText.of(column.field(), value))
                        .map(text -> " DEFAULT " + Names.literal(text))
                        .orElse("");
        return alter("ADD COLUMN %s %s%s")
                .formatted(column.quoted(), column.type().definition(), defaultValue);
    }

    String addSystemColumn(String name) {
        return alter("ADD COLUMN %s %s").formatted(Names.quoted(name), systemColumns().get(name));
    }

    /** For new rows; those that are there are checked by {@link #validate}. */
    String addCheck(String name) {
        return alter("ADD ") + check(name, checks().getOrDefault(name, "true")) + " NOT VALID";
    }

    String replaceCheck(String name) {
        return alter("DROP CONSTRAINT %s, ADD ").formatted(Names.quoted(name))
                + check(name, checks().getOrDefault(name, "true"))
                + " NOT VALID";
    }

    String dropCheck(String name) {
        return alter("DROP CONSTRAINT ") + Names.quoted(name);
    }

    /** Reads the whole table, under a lock that stops neither reads nor writes. */
    String validate(String constraint) {
        return alter("VALIDATE CONSTRAINT ") + Names.quoted(constraint);
    }

    /** No rewrite if the precision grows at the same scale. */
    String changeType(Column column) {
        return alter("ALTER COLUMN %s TYPE %s")
                .formatted(column.quoted(), column.type().definition());
    }

    String foreignKeyName(Column reference) {
        return fitted(table.name() + "_" + reference.name() + "_fkey");
    }

    String addForeignKey(Column reference, Table target) {
        return alter("ADD CONSTRAINT %s FOREIGN KEY (%s) REFERENCES %s (%s)")
                        .formatted(
                                Names.quoted(foreignKeyName(reference)),
                                reference.quoted(),
                                target.quoted(),
                                target.key().quoted())
                + " DEFERRABLE INITIALLY IMMEDIATE";
    }

    private Index search(String column, String predicate) {
        return new Index(
                table,
                fitted(table.name() + "_" + column + "_idx"),
                Names.quoted(column),
                predicate,
                Index.Kind.SEARCH);
    }

    private String alter(String how) {
        return "ALTER TABLE " + table.quoted() + " " + how;
    }

    private static String check(String name, String condition) {
        return "CONSTRAINT %s CHECK (%s)".formatted(Names.quoted(name), condition);
    }

    private static String literals(List<String> texts) {
        return texts.stream().map(Names::literal).collect(Collectors.joining(", "));
    }

    /** PostgreSQL would cut it, perhaps to the name of another. */
    private static String fitted(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME_BYTES
                ? name
                : "%s_%08x".formatted(name.substring(0, MAX_NAME_BYTES - 9), name.hashCode());
    }
}
