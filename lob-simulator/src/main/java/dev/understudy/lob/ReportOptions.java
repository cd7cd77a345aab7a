package dev.understudy.lob;

import dev.understudy.lob.report.TerminalReport;
import picocli.CommandLine.Option;

/** How large the report is printed. */
final class ReportOptions {

    @Option(
            names = "--width",
            defaultValue = "120",
            paramLabel = "N",
            description = "columns of the terminal, 110 to 400 (default: ${DEFAULT-VALUE})")
    int width;

    @Option(
            names = "--rows",
            defaultValue = "20",
            paramLabel = "N",
            description = "rows shown at most (default: ${DEFAULT-VALUE})")
    int rows;

    TerminalReport terminalReport() {
        return new TerminalReport(width, rows);
    }
}
