package dev.understudy.benchmarks.replicator;

import picocli.CommandLine.Command;

/** The replicator's benchmarks, each a subcommand. */
@Command(
        name = "replicator",
        mixinStandardHelpOptions = true,
        description = "Measures the replicator beside other sinks and the limit.",
        synopsisSubcommandLabel = "WHAT",
        subcommands = {ThroughputCommand.class, LatencyCommand.class, ScaleCommand.class})
public final class ReplicatorCommand {
    private ReplicatorCommand() {}
}
