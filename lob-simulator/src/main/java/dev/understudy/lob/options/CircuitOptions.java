package dev.understudy.lob.options;

import dev.understudy.lob.client.Resilience;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** When the circuit to an instance opens, and how long it stays so. */
public final class CircuitOptions {

    @Option(
            names = "--circuit-failures",
            paramLabel = "N",
            description =
                    "failures in a row that open the circuit to an instance; 0 for never"
                            + " (default: 5; of load: 0)")
    private @Nullable Integer failures;

    @Option(
            names = "--circuit-wait-seconds",
            defaultValue = "10",
            paramLabel = "S",
            description =
                    "longest wait for the next probe of an instance whose circuit is open"
                            + " (default: ${DEFAULT-VALUE})")
    private int waitSeconds;

    /** The defaults as far as nothing else is said. */
    public Resilience resilience(Resilience defaults) {
        return defaults.opening(
                failures == null ? defaults.failures() : failures, Duration.ofSeconds(waitSeconds));
    }
}
