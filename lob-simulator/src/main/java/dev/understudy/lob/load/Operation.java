package dev.understudy.lob.load;

import java.util.Arrays;

/** What the load does to the instances. */
public enum Operation {
    /** Reads an acknowledged account at the source. */
    READ_SOURCE("read-source"),
    /** Reads an acknowledged ticket at the target. */
    READ_TARGET("read-target"),
    /** Creates an account at the source. */
    CREATE("create"),
    /** Updates some fields of an acknowledged account at the source. */
    UPDATE("update"),
    /** Creates a ticket about an acknowledged account at the target. */
    TICKET("ticket");

    private final String label;

    Operation(String label) {
        this.label = label;
    }

    /** The operation's name in options, tables and JSON. */
    public String label() {
        return label;
    }

    static Operation labelled(String label) {
        return Arrays.stream(values())
                .filter(operation -> operation.label.equals(label))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "no operation '%s'; there are %s"
                                        .formatted(
                                                label,
                                                Arrays.stream(values())
                                                        .map(Operation::label)
                                                        .toList())));
    }
}
