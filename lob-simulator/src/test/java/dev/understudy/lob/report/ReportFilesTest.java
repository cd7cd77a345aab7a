package dev.understudy.lob.report;

import static dev.understudy.lob.report.ReportSamples.BOTH;
import static dev.understudy.lob.report.ReportSamples.NAMES;
import static dev.understudy.lob.report.ReportSamples.report;
import static dev.understudy.lob.report.ReportSamples.ticket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportFilesTest {

    private final ProblemTicketReport report = report(NAMES, ticket(1, BOTH, Map.of()));

    @TempDir private Path folder;

    @Test
    void theFolderIsMadeAndHoldsAllForms() throws IOException {
        ReportFiles files = ReportFiles.write(folder.resolve("a/b"), "act-3", report);

        assertThat(files.html()).content().isEqualTo(HtmlReport.DEFAULT.render(report));
        assertThat(files.csv()).content().isEqualTo(CsvReport.rows(report));
        assertThat(files.coverageCsv()).content().isEqualTo(CsvReport.coverage(report));
        try (var written = Files.list(folder.resolve("a/b"))) {
            assertThat(written)
                    .extracting(path -> path.getFileName().toString())
                    .containsExactlyInAnyOrder("act-3.html", "act-3.csv", "act-3-coverage.csv");
        }
    }

    @Test
    void anEarlierReportIsReplaced() throws IOException {
        Files.writeString(folder.resolve("r.csv"), "old");

        assertThat(ReportFiles.write(folder, "r", report).csv())
                .content()
                .startsWith("ticketNumber");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../x", "a/b", ".hidden", "a b"})
    void aNameThatLeavesTheFolderIsRefused(String name) {
        assertThatThrownBy(() -> ReportFiles.write(folder, name, report))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a name");
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> ReportFiles.write(file.resolve("r.csv"), "text"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot write " + file.resolve("r.csv"));
    }
}
