package dev.understudy.lob.options;

import dev.understudy.lob.client.InstanceSettings;
import java.net.URI;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Where the two instances are, and how long they are waited for. */
public final class InstanceOptions {

    @Option(
            names = "--source",
            required = true,
            paramLabel = "URL",
            description = "base URL of the instance that owns accounts and contacts")
    private URI source;

    @Option(
            names = "--target",
            required = true,
            paramLabel = "URL",
            description = "base URL of the instance that owns tickets")
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
