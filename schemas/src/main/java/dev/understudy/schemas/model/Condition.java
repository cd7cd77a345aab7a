package dev.understudy.schemas.model;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which rows of a type are kept. As in SQL, no comparison holds for a field without a value; only
 * {@code is null} does.
 */
public sealed interface Condition {
    /** Whether it holds for this content. */
    boolean holds(EntityContent content);

    /** The names of the fields that it looks at. */
    Stream<String> fields();

    /** As it is written in a catalog; empty for every row. */
    String notation();

    /**
     * What is written so about a type.
     *
     * @throws ModelException if it is no condition on it
     */
    static Condition of(EntityType type, String notation) {
        return notation.isEmpty() ? new Always() : ConditionParser.parse(type, notation);
    }

    /** Every row. */
    record Always() implements Condition {
        @Override
        public boolean holds(EntityContent content) {
            return true;
        }

        @Override
        public String notation() {
            return "";
        }

        @Override
        public Stream<String> fields() {
            return Stream.of();
        }
    }

    /** A field's value and one given. */
    record Comparison(EntityField field, Operator operator, Comparable<?> value)
            implements Condition {
        @Override
        public boolean holds(EntityContent content) {
            Object present = content.value(field);
            return present != null && operator.accepts(ValueOrder.compare(present, value));
        }

        @Override
        public String notation() {
            return field.name() + " " + operator.sign() + " " + Literals.text(value);
        }

        @Override
        public Stream<String> fields() {
            return Stream.of(field.name());
        }
    }

    /** Whether a field has a value. */
    record Presence(EntityField field, boolean present) implements Condition {
        @Override
        public boolean holds(EntityContent content) {
            return (content.value(field) != null) == present;
        }

        @Override
        public String notation() {
            return field.name() + (present ? " is not null" : " is null");
        }

        @Override
        public Stream<String> fields() {
            return Stream.of(field.name());
        }
    }

    /** All of them. */
    record All(List<Condition> parts) implements Condition {
        public All {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean holds(EntityContent content) {
            return parts.stream().allMatch(part -> part.holds(content));
        }

        @Override
        public String notation() {
            return parts.stream()
                    .map(Condition::notation)
                    .collect(Collectors.joining(" and ", "(", ")"));
        }

        @Override
        public Stream<String> fields() {
            return parts.stream().flatMap(Condition::fields);
        }
    }

    /** At least one of them. */
    record Any(List<Condition> parts) implements Condition {
        public Any {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean holds(EntityContent content) {
            return parts.stream().anyMatch(part -> part.holds(content));
        }

        @Override
        public String notation() {
            return parts.stream()
                    .map(Condition::notation)
                    .collect(Collectors.joining(" or ", "(", ")"));
        }

        @Override
        public Stream<String> fields() {
            return parts.stream().flatMap(Condition::fields);
        }
    }
}
