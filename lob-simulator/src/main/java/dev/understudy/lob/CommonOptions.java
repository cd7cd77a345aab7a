package dev.understudy.lob;

import dev.understudy.lob.client.InstanceSettings;
import dev.understudy.lob.client.InstanceSettings.Limits;
import java.net.URI;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options that every command has: the two instances and how to treat them. */
final class CommonOptions {

    @Option(
            names = "--source",
            required = true,
            paramLabel = "URL",
            description = "base URL of the instance that owns accounts and contacts")
    URI source;

    @Option(
            names = "--target",
            required = true,
            paramLabel = "URL",
            description = "base URL of the instance that owns tickets")
    URI target;

    @Option(
            names = "--parallelism",
            defaultValue = "16",
            paramLabel = "N",
            description = "requests at once (default: ${DEFAULT-VALUE})")
    int parallelism;

    @Option(
            names = "--timeout-seconds",
            defaultValue = "20",
            paramLabel = "S",
            description = "longest wait for an answer (default: ${DEFAULT-VALUE})")
    int timeoutSeconds;

    LineOfBusiness lineOfBusiness() {
        return new LineOfBusiness(settings(source), settings(target));
    }

    private InstanceSettings settings(URI url) {
        InstanceSettings defaults = InstanceSettings.at(url);
        Limits limits = defaults.limits();
        return new InstanceSettings(
                url,
                defaults.connectTimeout(),
                Duration.ofSeconds(timeoutSeconds),
                new Limits(parallelism, limits.pageSize(), limits.attempts(), limits.faults()));
    }
}
