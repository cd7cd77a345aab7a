package dev.understudy.lob;

import dev.understudy.lob.client.InstanceFault;
import dev.understudy.lob.client.Submission;
import dev.understudy.lob.contoso.ReferenceData;
import dev.understudy.lob.contoso.Ticket;
import dev.understudy.lob.contoso.Tickets;
import dev.understudy.lob.dataimport.ImportCommand;
import dev.understudy.lob.load.LoadCommand;
import dev.understudy.lob.report.ReportOutcome.Generated;
import dev.understudy.lob.report.ReportOutcome.NotGenerated;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The line-of-business app on the command line. Exit codes: 0 all went well, 1 something was not
 * accepted, 2 wrong usage, 3 an instance gave no usable answer.
 */
@Command(
        name = "lob-simulator",
        mixinStandardHelpOptions = true,
        subcommands = {ReportCommand.class, LoadCommand.class, ImportCommand.class},
        description =
                "The line-of-business app: reference data, tickets, and the report on problem tickets.")
public final class LobSimulator {

    static final int NOT_ACCEPTED = 1;
    static final int FAULT = 3;

    @Spec private CommandSpec spec;

    public static void main(String[] arguments) {
        // By a name of its own: other programs have this module on their class path.
        System.setProperty("logback.configurationFile", "dev/understudy/lob/logback.xml");
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new LobSimulator())
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(LobSimulator::explain);
    }

    @Command(
            name = "generate",
            mixinStandardHelpOptions = true,
            description = "Puts generated accounts and contacts into the source.")
    int generate(
            @Mixin CommonOptions common,
            @Mixin BatchOptions batch,
            @Option(
                            names = "--accounts",
                            defaultValue = "500",
                            paramLabel = "N",
                            description = "how many accounts (default: ${DEFAULT-VALUE})")
                    int accounts,
            @Option(
                            names = "--contacts",
                            defaultValue = "1500",
                            paramLabel = "N",
                            description = "how many contacts (default: ${DEFAULT-VALUE})")
                    int contacts) {
        ReferenceData data = ReferenceData.generate(batch.batch(), accounts, contacts);
        try (LineOfBusiness lob = common.lineOfBusiness()) {
            LoadResult result = lob.loadReferenceData(data);
            print("accounts", result.accounts());
            print("contacts", result.contacts());
            return result.complete() ? 0 : NOT_ACCEPTED;
        }
    }

    @Command(
            name = "submit",
            mixinStandardHelpOptions = true,
            description = "Submits generated tickets to the target, about what the source knows.")
    int submit(
            @Mixin CommonOptions common,
            @Mixin BatchOptions batch,
            @Mixin ReportOptions size,
            @Option(
                            names = "--tickets",
                            defaultValue = "2000",
                            paramLabel = "N",
                            description = "how many tickets (default: ${DEFAULT-VALUE})")
                    int count,
            @Option(names = "--report", description = "then print the report, or why there is none")
                    boolean report) {
        try (LineOfBusiness lob = common.lineOfBusiness()) {
            List<Ticket> tickets = Tickets.generate(batch.batch(), count, lob.readDirectory());
            Submission submission = lob.submitTickets(tickets);
            print("tickets", submission);
            if (report) {
                switch (lob.reportOn(submission)) {
                    case Generated(var generated) -> print(size.terminalReport().render(generated));
                    case NotGenerated(String reason) ->
                            print("The report was not generated: " + reason + "\n");
                }
            }
            return submission.complete() ? 0 : NOT_ACCEPTED;
        }
    }

    private void print(String what, Submission submission) {
        print(
                "%s: %d accepted of %d%n"
                        .formatted(what, submission.accepted(), submission.submitted()));
        for (Submission.Failure failure : submission.failures()) {
            print("  %s %d%n".formatted(failure.code(), failure.count()));
            failure.samples().forEach(sample -> print("    " + sample + "\n"));
        }
    }

    private void print(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
    }

    private static int explain(
            Exception exception, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        return switch (exception) {
            case InstanceFault fault -> say(command, fault, FAULT);
            case UncheckedIOException unwritable ->
                    say(command, unwritable, CommandLine.ExitCode.USAGE);
            case IllegalArgumentException mistake ->
                    say(command, mistake, CommandLine.ExitCode.USAGE);
            default -> throw exception;
        };
    }

    private static int say(CommandLine command, Exception exception, int exitCode) {
        command.getErr().println("lob-simulator: " + exception.getMessage());
        command.getErr().flush();
        return exitCode;
    }
}
