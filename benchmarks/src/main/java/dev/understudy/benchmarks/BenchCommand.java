package dev.understudy.benchmarks;

import dev.understudy.benchmarks.instance.PublishCommand;
import dev.understudy.benchmarks.instance.VerifyCommand;
import dev.understudy.benchmarks.instance.WritePathCommand;
import dev.understudy.benchmarks.replicator.ReplicatorCommand;
import dev.understudy.benchmarks.store.StoreCommand;
import picocli.CommandLine.Command;

/** The benchmarks, each a subcommand. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures a part beside the limits of what it runs on.",
        synopsisSubcommandLabel = "PART",
        subcommands = {
            StoreCommand.class,
            ReplicatorCommand.class,
            PublishCommand.class,
            WritePathCommand.class,
            VerifyCommand.class
        })
public final class BenchCommand {
    private BenchCommand() {}
}
