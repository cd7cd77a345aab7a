package dev.understudy.store.install;

import dev.understudy.store.table.Names;
import dev.understudy.store.table.Table;

/** A partial index of a table. */
record Index(Table table, String name, String columns, String predicate, Kind kind) {
    /** What it is for. */
    enum Kind {
        SEARCH,
        UNIQUE
    }

    String create() {
        return create("");
    }

    /** The same, beside readers and writers; cannot run in a transaction. */
    String createConcurrently() {
        return create("CONCURRENTLY ");
    }

    /** Also of what is left of one whose creation was cut short. */
    String dropConcurrently() {
        return "DROP INDEX CONCURRENTLY IF EXISTS %s.%s"
                .formatted(Names.quoted(table.schema()), Names.quoted(name));
    }

    private String create(String how) {
        return "CREATE %sINDEX %s%s ON %s (%s) WHERE %s"
                .formatted(
                        kind == Kind.UNIQUE ? "UNIQUE " : "",
                        how,
                        Names.quoted(name),
                        table.quoted(),
                        columns,
                        predicate);
    }
}
