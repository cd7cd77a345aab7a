package dev.understudy.cli.letters;

import dev.understudy.cli.http.ServiceFault;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The dead letters of a replicator that runs. Exit codes: 0 done, 1 a letter is still open, 2 wrong
 * usage, 3 the replicator gave no usable answer.
 */
@Command(
        name = "dead-letters",
        mixinStandardHelpOptions = true,
        description = "Lists, shows, redrives or discards what a replicator could not apply.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ListCommand.class,
            ShowCommand.class,
            RedriveCommand.class,
            DiscardCommand.class
        })
public final class DeadLettersCommand implements Runnable {
    static final int LEFT = 1;
    static final int FAULT = 3;

    @Spec private CommandSpec spec;

    private DeadLettersCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand");
    }

    /** Runs a subcommand's work, and tells in one line why it could not be done. */
    static int run(CommandSpec spec, Work work) throws InterruptedException {
        CommandLine line = spec.commandLine();
        try {
            return work.run();
        } catch (ServiceFault e) {
            line.getErr().println("dead-letters: " + e.getMessage());
            line.getErr().flush();
            return FAULT;
        } finally {
            line.getOut().flush();
        }
    }

    /** What a subcommand does; returns its exit code. */
    @FunctionalInterface
    interface Work {
        int run() throws InterruptedException;
    }
}
