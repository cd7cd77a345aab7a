package dev.understudy.lob;

import dev.understudy.lob.client.InstanceFault;
import dev.understudy.lob.report.CsvReport;
import dev.understudy.lob.report.ProblemTicketReport;
import dev.understudy.lob.report.ReportFiles;
import dev.understudy.lob.report.Statement;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The report as a command. Exit codes: 0 it was made, 2 wrong usage, 3 the target gave no usable
 * answer.
 */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description =
                "Reports on problem tickets; while the source is away, with the target's copy of"
                        + " its data.")
public final class ReportCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private CommonOptions common;

    @Mixin private ReportOptions size;

    @Option(
            names = "--format",
            defaultValue = "terminal",
            paramLabel = "FORM",
            description = "terminal, csv or html (default: ${DEFAULT-VALUE})")
    private ReportFormat format;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "where to write it, in UTF-8 (default: standard output)")
    private @Nullable Path output;

    private ReportCommand() {}

    @Override
    public Integer call() {
        try (LineOfBusiness lob = common.lineOfBusiness()) {
            write(lob.report());
            return 0;
        } catch (InstanceFault fault) {
            return say(fault, LobSimulator.FAULT);
        } catch (UncheckedIOException | IllegalArgumentException mistake) {
            return say(mistake, CommandLine.ExitCode.USAGE);
        }
    }

    private void write(ProblemTicketReport report) {
        String text =
                switch (format) {
                    case TERMINAL -> size.terminalReport().render(report);
                    case CSV -> CsvReport.rows(report);
                    case HTML -> size.htmlReport().render(report);
                };
        if (output == null) {
            PrintWriter out = spec.commandLine().getOut();
            out.print(text);
            out.flush();
        } else {
            ReportFiles.write(output, text);
        }
        if (format == ReportFormat.CSV) {
            sayWhatIsMissing(report);
        }
    }

    /** Rows of CSV have no room for what concerns all of them. */
    private void sayWhatIsMissing(ProblemTicketReport report) {
        report.statements().stream()
                .filter(statement -> statement.extent() == Statement.Extent.PARTIAL)
                .forEach(statement -> say(statement.figure() + ": " + statement.text()));
    }

    private int say(RuntimeException failure, int exitCode) {
        say(String.valueOf(failure.getMessage()));
        return exitCode;
    }

    private void say(String text) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("report: " + text);
        err.flush();
    }
}
