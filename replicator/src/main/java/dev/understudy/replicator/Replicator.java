package dev.understudy.replicator;

import io.micronaut.runtime.Micronaut;

/** The replicator of one target instance, as a service. */
public final class Replicator {
    private Replicator() {}

    /** Runs until the process is told to end. */
    public static void main(String[] arguments) {
        Micronaut.run(Replicator.class, arguments);
    }
}
