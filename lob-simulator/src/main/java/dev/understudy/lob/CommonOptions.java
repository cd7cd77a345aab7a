package dev.understudy.lob;

import dev.understudy.lob.client.InstanceSettings;
import dev.understudy.lob.client.InstanceSettings.Limits;
import dev.understudy.lob.client.Resilience;
import dev.understudy.lob.options.CircuitOptions;
import dev.understudy.lob.options.InstanceOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of the app's commands: the two instances and how to treat them. */
final class CommonOptions {

    @Mixin private InstanceOptions instances;

    @Mixin private CircuitOptions circuit;

    @Option(
            names = "--parallelism",
            defaultValue = "16",
            paramLabel = "N",
            description = "requests at once (default: ${DEFAULT-VALUE})")
    private int parallelism;

    LineOfBusiness lineOfBusiness() {
        return new LineOfBusiness(settings(instances.source()), settings(instances.target()));
    }

    private InstanceSettings settings(InstanceSettings instance) {
        Limits limits = instance.limits();
        return instance.withLimits(
                        new Limits(
                                parallelism, limits.pageSize(), limits.attempts(), limits.faults()))
                .withResilience(circuit.resilience(Resilience.DEFAULT));
    }
}
