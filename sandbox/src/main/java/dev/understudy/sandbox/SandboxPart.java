package dev.understudy.sandbox;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The parts that a {@link Sandbox} can be made of. */
public enum SandboxPart {
    /** The source instance. */
    US(0),
    /** The target instance. */
    EUROPE(1),
    /** The replicator of the target. */
    REPLICATOR(2),
    /** The Schema Registry. */
    REGISTRY(3, 8),
    /** The Kafka broker. */
    KAFKA(4, 7),
    /** The PostgreSQL server of the source instance. */
    US_DATABASE(5),
    /** The PostgreSQL server of the target instance and its replicator. */
    EUROPE_DATABASE(6);

    private static final int NONE = -1;

    private final int offset;
    private final int internalOffset;

    SandboxPart(int offset) {
        this(offset, NONE);
    }

    SandboxPart(int offset, int internalOffset) {
        this.offset = offset;
        this.internalOffset = internalOffset;
    }

    /** The fixed port of the part; 0 if there are no fixed ports. */
    int port(int basePort) {
        return basePort == 0 ? 0 : basePort + offset;
    }

    /** The fixed second port of Kafka (its controller) and the registry (its management), or 0. */
    int internalPort(int basePort) {
        return basePort == 0 || internalOffset == NONE ? 0 : basePort + internalOffset;
    }

    /** How the part is called in messages, and its directory. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The module that a service comes from. */
    String module() {
        return switch (this) {
            case US -> "source-instance";
            case EUROPE -> "target-instance";
            case REPLICATOR -> "replicator";
            case REGISTRY, KAFKA, US_DATABASE, EUROPE_DATABASE ->
                    throw new IllegalArgumentException(label() + " is no service of ours");
        };
    }

    /** Kafka, the registry and both databases. */
    public static Set<SandboxPart> infrastructure() {
        return EnumSet.of(REGISTRY, KAFKA, US_DATABASE, EUROPE_DATABASE);
    }

    /** The parts without which this one does not run. */
    Set<SandboxPart> needs() {
        return switch (this) {
            case US -> EnumSet.of(REGISTRY, KAFKA, US_DATABASE);
            case EUROPE, REPLICATOR -> EnumSet.of(REGISTRY, KAFKA, EUROPE_DATABASE);
            case REGISTRY, KAFKA, US_DATABASE, EUROPE_DATABASE -> EnumSet.noneOf(SandboxPart.class);
        };
    }
}
