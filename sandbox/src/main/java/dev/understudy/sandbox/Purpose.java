package dev.understudy.sandbox;

import java.util.List;

/** What the JVMs of the sandbox are tuned for. */
public enum Purpose {
    /** A test or a demo: a short start, little memory, the first compiler only. */
    SHORT_LIVED(1),
    /** A benchmark: compiled fully, with a large heap and the collector that servers have. */
    MEASURED(4);

    private final int heapFactor;

    Purpose(int heapFactor) {
        this.heapFactor = heapFactor;
    }

    List<String> flags() {
        return switch (this) {
            case SHORT_LIVED -> List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
            case MEASURED -> List.of("-XX:+UseG1GC");
        };
    }

    /** The heap's bound for a JVM that gets along with the given one in a short life. */
    int heapMb(int shortLivedMb) {
        return shortLivedMb * heapFactor;
    }
}
