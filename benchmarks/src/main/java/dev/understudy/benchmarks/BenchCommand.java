package dev.understudy.benchmarks;

import dev.understudy.benchmarks.replicator.ReplicatorCommand;
import dev.understudy.benchmarks.store.StoreCommand;
import picocli.CommandLine.Command;

/** The benchmarks, each a subcommand. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures a part beside the limits of what it runs on.",
        synopsisSubcommandLabel = "PART",
        subcommands = {StoreCommand.class, ReplicatorCommand.class})
public final class BenchCommand {
    private BenchCommand() {}
}
