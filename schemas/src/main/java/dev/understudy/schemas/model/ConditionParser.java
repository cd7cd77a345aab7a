package dev.understudy.schemas.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a condition: {@code country in ('DE', 'FR') and (creditOnHold = false or employees > 50)}.
 * It becomes objects.
 */
final class ConditionParser {
    private static final Pattern TOKEN =
            Pattern.compile(
                    "\\s*(?:('(?:[^']|'')*')|([A-Za-z][A-Za-z0-9_]*)|(-?\\d+(?:\\.\\d+)?)"
                            + "|(<=|>=|<>|!=|[=<>(),]))");

    private final EntityType type;
    private final String text;
    private final List<String> tokens = new ArrayList<>();
    private int next;

    private ConditionParser(EntityType type, String text) {
        this.type = type;
        this.text = text;
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (matcher.region(end, text.length()).lookingAt()) {
            tokens.add(matcher.group().strip());
            end = matcher.end();
        }
        if (!text.substring(end).isBlank()) {
            throw wrong("cannot be read from '" + text.substring(end).strip() + "' on");
        }
    }

    /**
     * The condition.
     *
     * @throws ModelException if it is none of this type; the message names the field
     */
    static Condition parse(EntityType type, String text) {
        ConditionParser parser = new ConditionParser(type, text);
        Condition condition = parser.any();
        if (parser.next < parser.tokens.size()) {
            throw parser.wrong("ends before '" + parser.peek() + "'");
        }
        return condition;
    }

    private Condition any() {
        List<Condition> parts = new ArrayList<>(List.of(all()));
        while (takes("or")) {
            parts.add(all());
        }
        return parts.size() == 1 ? parts.getFirst() : new Condition.Any(parts);
    }

    private Condition all() {
        List<Condition> parts = new ArrayList<>(List.of(one()));
        while (takes("and")) {
            parts.add(one());
        }
        return parts.size() == 1 ? parts.getFirst() : new Condition.All(parts);
    }

    private Condition one() {
        if (takes("(")) {
            Condition inner = any();
            expect(")");
            return inner;
        }
        String name = take();
        EntityField field =
                type.field(name).orElseThrow(() -> wrong("names no field '" + name + "'"));
        if (takes("is")) {
            boolean present = takes("not");
            expect("null");
            return new Condition.Presence(field, present);
        }
        boolean not = takes("not");
        if (not || peek().equalsIgnoreCase("in")) {
            expect("in");
            return in(field, not);
        }
        Operator operator = Operator.BY_SIGN.get(take());
        if (operator == null) {
            throw wrong("has no comparison after '" + name + "'");
        }
        return new Condition.Comparison(field, operator, value(field));
    }

    private Condition in(EntityField field, boolean not) {
        expect("(");
        List<Condition> parts = new ArrayList<>();
        do {
            Operator operator = not ? Operator.UNEQUAL : Operator.EQUAL;
            parts.add(new Condition.Comparison(field, operator, value(field)));
        } while (takes(","));
        expect(")");
        return not ? new Condition.All(parts) : new Condition.Any(parts);
    }

    private Comparable<?> value(EntityField field) {
        String token = take();
        try {
            return Literals.of(field, token);
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            throw wrong("compares '%s' with %s: %s".formatted(field.name(), token, e.getMessage()));
        }
    }

    private String peek() {
        return next < tokens.size() ? tokens.get(next) : "";
    }

    private String take() {
        if (next == tokens.size()) {
            throw wrong("ends too early");
        }
        return tokens.get(next++);
    }

    private boolean takes(String wanted) {
        boolean there = peek().toLowerCase(Locale.ROOT).equals(wanted);
        next += there ? 1 : 0;
        return there;
    }

    private void expect(String wanted) {
        if (!takes(wanted)) {
            throw wrong("wants '%s', not '%s'".formatted(wanted, peek()));
        }
    }

    private ModelException wrong(String why) {
        return new ModelException("%s where %s: the condition %s".formatted(type, text, why));
    }
}
