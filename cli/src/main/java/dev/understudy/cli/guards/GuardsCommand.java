package dev.understudy.cli.guards;

import dev.understudy.store.StoreException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The SQL functions by which tables that are not ours get placeholders. Exit codes: 0 done, 1 the
 * database is away or refuses, 2 wrong usage.
 */
@Command(
        name = "guards",
        mixinStandardHelpOptions = true,
        description = {
            "Gives a database the functions by which any table's columns get placeholders.",
            "A column is then guarded in SQL:",
            "SELECT understudy.guard('helpdesk.visit', 'account_id', 'contoso.crm.Account');"
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            InstallCommand.class,
            ShowCommand.class,
            RemoveCommand.class,
            SqlCommand.class
        })
public final class GuardsCommand implements Runnable {

    @Spec private CommandSpec spec;

    private GuardsCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand");
    }

    /** Runs a subcommand's work, and tells in one line why it could not be done. */
    static int run(CommandSpec spec, Runnable work) {
        CommandLine line = spec.commandLine();
        try {
            work.run();
            return CommandLine.ExitCode.OK;
        } catch (StoreException e) {
            String message = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
            line.getErr().println("guards: " + message);
            line.getErr().flush();
            return CommandLine.ExitCode.SOFTWARE;
        } finally {
            line.getOut().flush();
        }
    }
}
