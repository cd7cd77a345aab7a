package dev.understudy.cli;

import dev.understudy.benchmarks.BenchCommand;
import dev.understudy.chaos.ChaosCommand;
import dev.understudy.cli.demo.DemoCommand;
import dev.understudy.cli.guards.GuardsCommand;
import dev.understudy.cli.letters.DeadLettersCommand;
import dev.understudy.cli.token.TokenCommand;
import dev.understudy.cli.up.UpCommand;
import dev.understudy.cli.verify.VerifyCommand;
import dev.understudy.lob.ReportCommand;
import dev.understudy.lob.dataimport.ImportCommand;
import dev.understudy.lob.load.LoadCommand;
import dev.understudy.sandbox.SandboxException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command as a whole: its subcommands, and how a failure is told (exit code 1, no trace). */
@Command(
        name = "understudy",
        version = "understudy 0.1.0",
        mixinStandardHelpOptions = true,
        description = "Runs Understudy on this machine, on loopback.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            DemoCommand.class,
            ReportCommand.class,
            LoadCommand.class,
            ImportCommand.class,
            DeadLettersCommand.class,
            VerifyCommand.class,
            GuardsCommand.class,
            TokenCommand.class,
            BenchCommand.class,
            ChaosCommand.class
        })
public final class Understudy {

    private Understudy() {}

    /** Runs a subcommand and exits with its code: 0 done, 1 failed, 2 wrong usage. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** Ready to be executed; does not exit. */
    public static CommandLine commandLine() {
        return new CommandLine(new Understudy())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, line, _) -> tell(failure, line.getErr()));
    }

    private static int tell(Exception failure, PrintWriter err) {
        // A message of the sandbox is complete; any other needs at least its type.
        err.println(failure instanceof SandboxException ? failure.getMessage() : failure);
        return CommandLine.ExitCode.SOFTWARE;
    }
}
