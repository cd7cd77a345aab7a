package dev.understudy.replicator;

import dev.understudy.service.ServiceStart;

/** The replicator of one target instance, as a service. */
public final class Replicator {
    private Replicator() {}

    /** Runs until the process is told to end. */
    public static void main(String[] arguments) {
        ServiceStart.run(Replicator.class, _ -> {}, arguments);
    }
}
