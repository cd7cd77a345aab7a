package dev.understudy.sandbox;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a service is run.
 *
 * @param name what it is called in messages
 * @param jar its runnable jar, with {@code lib/} beside it
 * @param port where it listens on loopback; 0 takes a free port
 * @param environment its configuration, beside the port
 * @param purpose what its JVM is tuned for
 * @param directory where its log is kept; null for a temporary one that goes with it
 */
public record ServiceOptions(
        String name,
        Path jar,
        int port,
        Map<String, String> environment,
        Purpose purpose,
        @Nullable Path directory) {

    /** Copies. */
    public ServiceOptions {
        environment = Map.copyOf(environment);
    }

    /** A free port, a temporary directory, no more environment, for a short life. */
    public static ServiceOptions of(String name, Path jar) {
        return new ServiceOptions(name, jar, 0, Map.of(), Purpose.SHORT_LIVED, null);
    }

    /** The same with one more environment variable. */
    public ServiceOptions withEnvironment(String variable, String value) {
        Map<String, String> all = new HashMap<>(environment);
        all.put(variable, value);
        return new ServiceOptions(name, jar, port, all, purpose, directory);
    }
}
