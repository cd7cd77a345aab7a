package dev.understudy.lob.dataimport;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a file's rows are: their entity set, the field that is the key, and which CSV columns are
 * numbers or booleans; all others are strings. An instance does not tell this yet, so it is known
 * for the shipped types only.
 */
public record Shape(String set, KeyField key, Set<String> numbers, Set<String> booleans) {

    private static final Map<String, Shape> SHIPPED =
            Map.of(
                    "contoso.crm.Account",
                    new Shape(
                            "accounts",
                            new KeyField("accountId", KeyField.Kind.UUID),
                            Set.of("annualRevenue", "employees"),
                            Set.of("creditOnHold")),
                    "contoso.crm.Contact",
                    new Shape(
                            "contacts",
                            new KeyField("contactId", KeyField.Kind.UUID),
                            Set.of(),
                            Set.of()),
                    "contoso.crm.Ticket",
                    new Shape(
                            "tickets",
                            new KeyField("ticketId", KeyField.Kind.UUID),
                            Set.of(),
                            Set.of()));

    public Shape {
        KeyField.requireName("an entity set", set);
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

    /** This shape with more columns as numbers and booleans. */
    public Shape with(Set<String> moreNumbers, Set<String> moreBooleans) {
        return new Shape(set, key, union(numbers, moreNumbers), union(booleans, moreBooleans));
    }

    private static Set<String> union(Set<String> some, Set<String> more) {
        Set<String> all = new HashSet<>(some);
        all.addAll(more);
        return all;
    }
}
