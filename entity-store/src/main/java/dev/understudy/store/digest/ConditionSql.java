package dev.understudy.store.digest;

import dev.understudy.schemas.model.Condition;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.FieldType;
import dev.understudy.store.sql.SqlText;
import dev.understudy.store.table.Column;
import dev.understudy.store.table.Names;
import dev.understudy.store.table.Table;
import java.util.List;
import java.util.stream.Collectors;

/** A subset's condition as SQL, true for the same rows as the condition itself. */
record ConditionSql(Table table) {
    /** Null where the condition compares what has no value, so to be asked for being true. */
    String of(Condition condition) {
        return switch (condition) {
            case Condition.Always _ -> "true";
            case Condition.Comparison(var field, var operator, var value) ->
                    "%s %s %s".formatted(compared(field), operator.sign(), constant(field, value));
            case Condition.Presence(var field, boolean present) ->
                    column(field).quoted() + (present ? " IS NOT NULL" : " IS NULL");
            case Condition.All(var parts) -> joined(parts, " AND ");
            case Condition.Any(var parts) -> joined(parts, " OR ");
        };
    }

    private String joined(List<Condition> parts, String word) {
        return parts.stream().map(this::of).collect(Collectors.joining(word, "(", ")"));
    }

    private String compared(EntityField field) {
        boolean text =
                field.type() instanceof FieldType.Text || field.type() instanceof FieldType.Symbol;
        return column(field).quoted() + (text ? " COLLATE \"C\"" : "");
    }

    private String constant(EntityField field, Object value) {
        return Names.literal(String.valueOf(SqlText.of(field, value)))
                + "::"
                + column(field).type().element();
    }

    private Column column(EntityField field) {
        return table.columns().get(field.index());
    }
}
