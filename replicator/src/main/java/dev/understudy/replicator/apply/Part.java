package dev.understudy.replicator.apply;

import java.util.Locale;

/** What a flush needs, and so what can be at fault when one fails. */
public enum Part {
    DATABASE,
    REGISTRY,
    KAFKA,
    /** A type's table, which is to follow a newer schema first. */
    SCHEMA,
    /** The replicator: a defect, which may pass with other data. */
    REPLICATOR;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
