package dev.understudy.lob;

import dev.understudy.lob.report.HtmlReport;
import dev.understudy.lob.report.TerminalReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How large the report is. */
final class ReportOptions {

    @Option(
            names = "--width",
            defaultValue = "120",
            paramLabel = "N",
            description = "columns of the terminal, 110 to 400 (default: ${DEFAULT-VALUE})")
    int width;

    @Option(
            names = "--rows",
            paramLabel = "N",
            description =
                    "rows shown at most (default: 20 in the terminal, 500 in HTML; CSV has them all)")
    @Nullable Integer rows;

    TerminalReport terminalReport() {
        return new TerminalReport(width, rows == null ? TerminalReport.DEFAULT.rowLimit() : rows);
    }

    HtmlReport htmlReport() {
        return rows == null ? HtmlReport.DEFAULT : new HtmlReport(rows);
    }
}
