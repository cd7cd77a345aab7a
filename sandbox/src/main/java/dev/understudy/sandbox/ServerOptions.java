package dev.understudy.sandbox;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a single server of the infrastructure is run.
 *
 * @param directory where its data and log are kept; null for a temporary one that goes with it
 * @param port where it listens on loopback; 0 takes a free port
 * @param internalPort the second port of those that need one, Kafka's controller and the registry's
 *     management; 0 takes a free port
 * @param settings of the server's own configuration, over ours: {@code fsync=off} for PostgreSQL,
 *     {@code log.segment.bytes=…} for Kafka, system properties of the registry
 * @param purpose what its JVM is tuned for, if it has one
 */
public record ServerOptions(
        @Nullable Path directory,
        int port,
        int internalPort,
        Map<String, String> settings,
        Purpose purpose) {

    /** Checks and copies. */
    public ServerOptions {
        settings = Map.copyOf(settings);
        if (port < 0 || port > 65_535 || internalPort < 0 || internalPort > 65_535) {
            throw new IllegalArgumentException("Not a port: " + port + " or " + internalPort);
        }
    }

    /** Free ports, a temporary directory, nothing set, for a short life. */
    public static ServerOptions defaults() {
        return new ServerOptions(null, 0, 0, Map.of(), Purpose.SHORT_LIVED);
    }

    /** The same in a directory that is kept, with what it holds from an earlier run. */
    public ServerOptions withDirectory(Path kept) {
        return new ServerOptions(kept, port, internalPort, settings, purpose);
    }

    /** The same on fixed ports. */
    public ServerOptions withPorts(int fixed, int fixedInternal) {
        return new ServerOptions(directory, fixed, fixedInternal, settings, purpose);
    }

    /** The same with one more setting. */
    public ServerOptions withSetting(String key, String value) {
        Map<String, String> all = new HashMap<>(settings);
        all.put(key, value);
        return new ServerOptions(directory, port, internalPort, all, purpose);
    }

    /** The same with its JVM tuned for something else. */
    public ServerOptions withPurpose(Purpose other) {
        return new ServerOptions(directory, port, internalPort, settings, other);
    }
}
