package dev.understudy.lob.options;

import dev.understudy.lob.client.InstanceSettings;
import java.net.URI;
import java.time.Duration;
import picocli.CommandLine.Option;

/**
 * Where the two instances are, by default those of {@code ./understudy up}, and how long they are
 * waited for.
 */
public final class InstanceOptions {

    /** The owner of accounts and contacts that {@code ./understudy up} starts. */
    public static final String SOURCE = "http://127.0.0.1:18080";

    /** The owner of tickets that {@code ./understudy up} starts. */
    public static final String TARGET = "http://127.0.0.1:18081";

    @Option(
            names = "--source",
            defaultValue = SOURCE,
            paramLabel = "URL",
            description =
                    "base URL of the instance that owns accounts and contacts"
                            + " (default: ${DEFAULT-VALUE})")
    private URI source;

    @Option(
            names = "--target",
            defaultValue = TARGET,
            paramLabel = "URL",
            description = "base URL of the instance that owns tickets (default: ${DEFAULT-VALUE})")
    private URI target;

    @Option(
            names = "--timeout-seconds",
            defaultValue = "20",
            paramLabel = "S",
            description = "longest wait for an answer (default: ${DEFAULT-VALUE})")
    private int timeoutSeconds;

    public InstanceSettings source() {
        return InstanceSettings.at(source).withRequestTimeout(timeout());
    }

    public InstanceSettings target() {
        return InstanceSettings.at(target).withRequestTimeout(timeout());
    }

    private Duration timeout() {
        return Duration.ofSeconds(timeoutSeconds);
    }
}
