package dev.understudy.schemas.model;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * The part of a type that a replica keeps.
 *
 * @param leftOut the names of the fields that it does not have
 * @param condition on its rows; of an entity that does not fulfil it only a placeholder is kept,
 *     and that only if something refers to it
 */
public record Subset(Set<String> leftOut, Condition condition) {
    /** All of it. */
    public static final Subset WHOLE = new Subset(Set.of(), new Condition.Always());

    public Subset {
        leftOut = Set.copyOf(leftOut);
    }

    /** What a type of some of another's fields leaves out of that. */
    static Subset of(EntityType whole, EntityType part, Condition condition) {
        Set<String> leftOut =
                whole.fields().stream()
                        .map(EntityField::name)
                        .filter(name -> part.field(name).isEmpty())
                        .collect(Collectors.toSet());
        return new Subset(leftOut, condition);
    }

    public boolean isWhole() {
        return equals(WHOLE);
    }

    /** Whether an entity with this content is kept. */
    public boolean holds(EntityContent content) {
        return condition.holds(content);
    }
}
