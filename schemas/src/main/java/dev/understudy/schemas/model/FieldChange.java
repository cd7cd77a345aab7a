package dev.understudy.schemas.model;

import java.util.List;
import java.util.Optional;

/** One field in an older and a newer schema of its type. */
record FieldChange(EntityType type, EntityField before, EntityField after) {
    /** Why the newer may not follow the older. */
    Optional<String> refusal() {
        if (!fits(before.type(), after.type())) {
            return refused("");
        } else if (after.required() && !before.required()) {
            return refused("; an optional field cannot become required");
        } else if (before.reference().isPresent() && !target(before).equals(target(after))) {
            return refused("; a reference keeps its target");
        }
        return Optional.empty();
    }

    /** What an enum no longer has. */
    List<String> removedSymbols() {
        return before.type() instanceof FieldType.Symbol(List<String> old)
                        && after.type() instanceof FieldType.Symbol(List<String> present)
                ? old.stream().filter(symbol -> !present.contains(symbol)).toList()
                : List.of();
    }

    /** Why this field may not be added. */
    static Optional<String> refusalToAdd(EntityType type, EntityField field) {
        String why;
        if (field.required() && field.reference().isPresent()) {
            why = "a new reference is optional: the rows that are there have none";
        } else if (!type.schema().getField(field.name()).hasDefaultValue()) {
            why =
                    field.required()
                            ? "a new required field has a default, for old rows and events"
                            : "a new optional field has a default (null), for old events";
        } else {
            return Optional.empty();
        }
        return Optional.of(
                "%s.%s: not there before, wanted as %s; %s"
                        .formatted(type, field.name(), described(field), why));
    }

    /** Type, whether required, and target. */
    static String described(EntityField field) {
        String text =
                switch (field.type()) {
                    case FieldType.Decimal(int precision, int scale) ->
                            "decimal(%d,%d)".formatted(precision, scale);
                    case FieldType.Symbol(List<String> symbols) -> "enum of " + symbols;
                    case FieldType.Document _ ->
                            field.schema().getType().getName().toLowerCase(java.util.Locale.ROOT);
                    default ->
                            field.schema().getLogicalType() == null
                                    ? field.schema().getType().getName()
                                    : field.schema().getLogicalType().getName();
                };
        return text
                + (field.required() ? " required" : " optional")
                + field.reference().map(reference -> " → " + reference.type()).orElse("");
    }

    /** Bytes of old events, and values of old rows, must mean the same by the newer type. */
    private static boolean fits(FieldType before, FieldType after) {
        return switch (after) {
            case FieldType.Whole(boolean narrow) ->
                    before instanceof FieldType.Whole(boolean was) && (was || !narrow);
            case FieldType.Real(boolean narrow) ->
                    before instanceof FieldType.Real(boolean was) && (was || !narrow);
            case FieldType.Decimal(int precision, int scale) ->
                    before instanceof FieldType.Decimal(int digits, int places)
                            && places == scale
                            && digits <= precision;
            case FieldType.Symbol _ -> before instanceof FieldType.Symbol;
            default -> before.equals(after);
        };
    }

    private Optional<String> refused(String rule) {
        return Optional.of(
                "%s.%s: installed as %s, wanted as %s%s"
                        .formatted(type, after.name(), described(before), described(after), rule));
    }

    private static Optional<String> target(EntityField field) {
        return field.reference().map(Reference::type);
    }
}
