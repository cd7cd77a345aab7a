package dev.understudy.instance.web;

import dev.understudy.instance.query.Expansion;
import dev.understudy.instance.query.Shape;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Absolute URLs of the API, on the host that the caller named.
 *
 * @param base ends in a slash
 */
record Urls(String base) {
    String of(EntityType type) {
        return base + type.entitySet();
    }

    String of(EntityId id) {
        return "%s(%s)".formatted(of(id.type()), KeyLiteral.encode(id.key()));
    }

    String metadata() {
        return base + "$metadata";
    }

    /** What an answer's {@code @odata.context} says of entities of a type. */
    String context(EntityType type, Shape shape) {
        return metadata() + "#" + type.entitySet() + shown(shape);
    }

    /** What is selected and expanded, in parentheses, or nothing if that is all. */
    private static String shown(Shape shape) {
        List<String> parts = new ArrayList<>();
        shape.selection()
                .fields()
                .ifPresent(selected ->
                        selected.stream()
                                .sorted(Comparator.comparingInt(EntityField::index))
                                .map(EntityField::name)
                                .forEach(parts::add));
        for (Expansion expansion : shape.expansions()) {
            String inner = shown(expansion.shape());
            parts.add(expansion.reference().navigation() + (inner.isEmpty() ? "()" : inner));
        }
        return parts.isEmpty() ? "" : "(" + String.join(",", parts) + ")";
    }
}
