package dev.understudy.store.query;

import dev.understudy.schemas.codec.AvroContent;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.FieldType;
import dev.understudy.store.RecordState;
import dev.understudy.store.sql.SqlText;
import dev.understudy.store.table.ColumnType;
import dev.understudy.store.table.CompleteSql;
import dev.understudy.store.table.Names;
import dev.understudy.store.table.Table;
import dev.understudy.store.table.Tables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Operands as SQL, and the joins that they need. Of one statement. */
final class OperandSql {
    /** The rows that are queried. */
    static final String ROW = "t";

    private final Catalog catalog;
    private final Tables tables;
    private final Table table;
    private final Map<List<EntityField>, Join> joins = new LinkedHashMap<>();

    OperandSql(Catalog catalog, Tables tables, EntityType type) {
        this.catalog = catalog;
        this.tables = tables;
        this.table = tables.of(type);
    }

    private record Join(String alias, Table table, String sql) {}

    /** What is read from, with the joins of all operands that were asked for. */
    String from() {
        return table.quoted()
                + " AS "
                + ROW
                + joins.values().stream().map(Join::sql).collect(Collectors.joining());
    }

    Table table() {
        return table;
    }

    Sql of(Operand operand) {
        return switch (operand) {
            case Operand.Stored(var through, var field) -> Sql.of(stored(through, field));
            case Operand.State(var through) -> Sql.of(alias(through) + ".\"_state\"");
            case Operand.Complete _ -> Sql.of(CompleteSql.of(catalog, tables, table, ROW));
            case Operand.Constant(RecordState state, _) ->
                    Sql.bound(String.valueOf(state.code()), "\"char\"");
            case Operand.Constant(Object value, FieldType type) ->
                    Sql.bound(SqlText.of(type, value), ColumnType.of(type).element());
            case Operand.Call(Function function, var arguments) -> call(function, arguments);
        };
    }

    /** The same as what it is sorted by: symbols in the order that the schema gives them. */
    Sql sortable(Operand operand) {
        Sql sql = of(operand);
        return operand.type() instanceof FieldType.Symbol(List<String> symbols)
                        && !(operand instanceof Operand.State)
                ? sql.in(
                        symbols.stream()
                                .map(Names::literal)
                                .collect(
                                        Collectors.joining(
                                                ",", "array_position(ARRAY[", "]::text[], ")),
                        ")")
                : sql;
    }

    /** The type of {@link #sortable}. */
    static String sortableType(Operand operand) {
        return switch (operand) {
            case Operand.State _ -> "\"char\"";
            case Operand.Call(var function, _) when function.type() instanceof FieldType.Whole ->
                    "numeric";
            default ->
                    operand.type() instanceof FieldType.Symbol
                            ? "int4"
                            : ColumnType.of(operand.type()).element();
        };
    }

    private Sql call(Function function, List<Operand> arguments) {
        List<Sql> pieces = new ArrayList<>(arguments.stream().map(this::argument).toList());
        String text = function.sql(pieces.stream().map(Sql::text).toArray(String[]::new));
        if (function == Function.ENDS_WITH) {
            // Its second argument stands in the SQL twice.
            pieces.add(pieces.getLast());
        }
        return new Sql(text, pieces.stream().flatMap(piece -> piece.values().stream()).toList());
    }

    /** Parts of a moment are those in UTC. */
    private Sql argument(Operand operand) {
        Sql sql = of(operand);
        return operand.type() instanceof FieldType.Timestamp
                ? sql.in("(", " AT TIME ZONE 'UTC')")
                : sql;
    }

    private String stored(List<EntityField> through, EntityField field) {
        if (!through.isEmpty() && field.equals(catalog.target(through.getLast()).key())) {
            // The reference has the key, whatever is in the entity's row.
            return stored(through.subList(0, through.size() - 1), through.getLast());
        }
        String alias = alias(through);
        Table at = tableAt(through);
        String column = alias + "." + at.columns().get(field.index()).quoted();
        return hasDefault(at.type(), field)
                ? "(CASE WHEN %s.\"_state\" = 'h' THEN %s END)".formatted(alias, column)
                : column;
    }

    /** Whether the rows of placeholders may hold a value: a column that came later has it there. */
    private static boolean hasDefault(EntityType type, EntityField field) {
        return AvroContent.defaultOf(type, field).isPresent()
                && type.alternateKeys().stream().noneMatch(key -> key.fields().contains(field));
    }

    private Table tableAt(List<EntityField> through) {
        return through.isEmpty() ? table : tables.of(catalog.target(through.getLast()));
    }

    private String alias(List<EntityField> through) {
        if (through.isEmpty()) {
            return ROW;
        }
        Join known = joins.get(through);
        if (known == null) {
            String reference = stored(through.subList(0, through.size() - 1), through.getLast());
            String alias = "j" + joins.size();
            Table target = tableAt(through);
            known =
                    new Join(
                            alias,
                            target,
                            " LEFT JOIN %s AS %s ON %2$s.%s = %s"
                                    .formatted(
                                            target.quoted(),
                                            alias,
                                            target.key().quoted(),
                                            reference));
            joins.put(List.copyOf(through), known);
        }
        return known.alias();
    }
}
