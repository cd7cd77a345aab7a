package dev.understudy.benchmarks.instance;

import dev.understudy.schemas.model.EntityContent;

/**
 * Which entities are written.
 *
 * @param name what sets the tickets of this series apart; empty for accounts
 * @param first number of an entity that there is not yet
 * @param customersFrom the first account, and contact, that tickets refer to
 * @param customers how many there are, before they are referred to once more
 */
record Work(String name, int first, int customersFrom, int customers) {
    static Work accounts(int first) {
        return new Work("", first, 0, 1);
    }

    /** The same from another number on. */
    Work from(int number) {
        return new Work(name, number, customersFrom, customers);
    }

    EntityContent content(int number) {
        return name.isEmpty()
                ? Entities.account(first + number)
                : Entities.ticket(name, first + number, customer(number));
    }

    /** Whose ticket it is. */
    int customer(int number) {
        return customersFrom + (first + number) % customers;
    }

    /** As a part of a URL. */
    String text() {
        return "%s/%d/%d/%d"
                .formatted(name.isEmpty() ? "-" : name, first, customersFrom, customers);
    }

    /** From the parts of a URL, from one on. */
    static Work parse(String[] parts, int at) {
        return new Work(
                parts[at].equals("-") ? "" : parts[at],
                Integer.parseInt(parts[at + 1]),
                Integer.parseInt(parts[at + 2]),
                Integer.parseInt(parts[at + 3]));
    }
}
