package dev.understudy.schemas.model;

import java.util.Set;

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

    public boolean isWhole() {
        return equals(WHOLE);
    }

    /** Whether an entity with this content is kept. */
    public boolean holds(EntityContent content) {
        return condition.holds(content);
    }
}
