package dev.understudy.lob.dataimport;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a file's rows are: their entity set, the field that is the key, and which CSV columns are
 * numbers or booleans; all others are strings. An instance does not tell this yet, so it is known
 * for the shipped types only.
 */
public record Shape(String set, String keyField, Set<String> numbers, Set<String> booleans) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private static final Map<String, Shape> SHIPPED =
            Map.of(
                    "contoso.crm.Account",
                    new Shape(
                            "accounts",
                            "accountId",
                            Set.of("annualRevenue", "employees"),
                            Set.of("creditOnHold")),
                    "contoso.crm.Contact",
                    new Shape("contacts", "contactId", Set.of(), Set.of()),
                    "contoso.crm.Ticket",
                    new Shape("tickets", "ticketId", Set.of(), Set.of()));

    public Shape {
        requireName("an entity set", set);
        requireName("a field", keyField);
        numbers = Set.copyOf(numbers);
        booleans = Set.copyOf(booleans);
    }

    /** The shape of a shipped type, by its full name: {@code contoso.crm.Account}. */
    public static Shape ofType(String type) {
        Shape shape = SHIPPED.get(type);
        if (shape == null) {
            throw new IllegalArgumentException(
                    "the entity set of %s is not known; give it and its key (--set, --key)"
                            .formatted(type));
        }
        return shape;
    }

    /** The shape of a shipped type, by its entity set: {@code accounts}. */
    public static Shape ofSet(String set) {
        return SHIPPED.values().stream()
                .filter(shape -> shape.set().equals(set))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "the key of entity set %s is not known; give it (--key)"
                                        .formatted(set)));
    }

    /** This shape with other columns as numbers and booleans. */
    public Shape with(Set<String> otherNumbers, Set<String> otherBooleans) {
        return new Shape(set, keyField, otherNumbers, otherBooleans);
    }

    private static void requireName(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not the name of " + what + ": '" + name + "'");
        }
    }
}
