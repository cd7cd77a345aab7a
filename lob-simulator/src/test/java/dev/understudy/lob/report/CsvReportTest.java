package dev.understudy.lob.report;

import static dev.understudy.lob.report.ReportSamples.BOTH;
import static dev.understudy.lob.report.ReportSamples.CONTOSO;
import static dev.understudy.lob.report.ReportSamples.NAMES;
import static dev.understudy.lob.report.ReportSamples.names;
import static dev.understudy.lob.report.ReportSamples.namesWithoutSource;
import static dev.understudy.lob.report.ReportSamples.report;
import static dev.understudy.lob.report.ReportSamples.ticket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.understudy.lob.client.RecordState;
import dev.understudy.lob.contoso.Ticket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReportTest {

    @Test
    void aRowSaysWhereItsNamesComeFromAndWhatWaits() {
        ProblemTicketReport report =
                report(
                        namesWithoutSource(),
                        ticket(1, BOTH, Map.of("contact", RecordState.PLACEHOLDER)));

        NamedCsvRecord row = parsed(CsvReport.rows(report)).getFirst();

        assertThat(row.getFieldsAsMap())
                .containsEntry("ticketNumber", "T-16-1-00001")
                .containsEntry("priority", "HIGH")
                .containsEntry("status", "OPEN")
                .containsEntry("openedOn", "1970-01-12T13:46:41Z")
                .containsEntry("accountId", CONTOSO.toString())
                .containsEntry("accountName", "Contoso")
                .containsEntry("accountNameFrom", "target's copy")
                .containsEntry("accountState", "hydrated")
                .containsEntry("contactName", "")
                .containsEntry("contactNameFrom", "")
                .containsEntry("accountPlacedOn", "")
                .containsEntry("contactState", "placeholder")
                .containsEntry("contactPlacedOn", "1970-01-14T14:41:40Z")
                .containsEntry("awaitsSynchronisation", "yes")
                .containsEntry("asOf", "1970-01-14T14:46:40Z");
    }

    @Test
    void nobodyIsEmptyCells() {
        Ticket.Parties nobody = new Ticket.Parties(CONTOSO, null);

        NamedCsvRecord row =
                parsed(CsvReport.rows(report(NAMES, ticket(1, nobody, Map.of())))).getFirst();

        assertThat(
                        List.of(
                                row.getField("contactId"),
                                row.getField("contactName"),
                                row.getField("contactState")))
                .containsOnly("");
        assertThat(row.getField("awaitsSynchronisation")).isEqualTo("no");
    }

    @Test
    void separatorsQuotesAndLineBreaksSurvive() {
        String odd = "Kühn, \"Söhne\"\r\n& Co; ünïcode \uD83D\uDE80";

        String csv = CsvReport.rows(report(names(odd, "x"), ticket(1, BOTH, Map.of())));

        assertThat(parsed(csv).getFirst().getField("accountName")).isEqualTo(odd);
        assertThat(csv).contains("\"Kühn, \"\"Söhne\"\"\r\n").endsWith("\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+49 30",
                "-cmd|' /C calc'!A0",
                "@SUM(A1)",
                "\t=1",
                "\rx",
                "\n=1",
                " =1",
                "\u00a0=1",
                "\ufeff=1",
                "\u200b@x",
                "＝1",
                "＠x"
            })
    void whatASpreadsheetWouldRunIsText(String formula) {
        String csv = CsvReport.rows(report(names(formula, "x"), ticket(1, BOTH, Map.of())));

        assertThat(parsed(csv).getFirst().getField("accountName")).isEqualTo("'" + formula);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Contoso", "A-1", "1=1", "'quoted'", " spaced "})
    void otherTextStaysAsItIs(String text) {
        assertThat(CsvReport.harmless(text)).isEqualTo(text);
    }

    @Test
    void withoutRowsThereIsAHeaderAndTheCoverage() {
        ProblemTicketReport empty = report(7, List.of(), NAMES);

        assertThat(CsvReport.rows(empty)).startsWith("ticketNumber,ticketId,").hasLineCount(1);
        assertThat(parsed(CsvReport.coverage(empty)))
                .extracting(line -> line.getField("figure"), line -> line.getField("extent"))
                .contains(tuple("Tickets", "complete"));
    }

    @Test
    void theCoverageSaysThatTheSourceIsAway() {
        ProblemTicketReport report = report(namesWithoutSource(), ticket(1, BOTH, Map.of()));

        assertThat(parsed(CsvReport.coverage(report)))
                .filteredOn(line -> line.getField("extent").equals("partial"))
                .extracting(line -> line.getField("statement"))
                .containsExactly(
                        "could not be read (unreachable): GET /accounts failed",
                        "without the source: 1 from the target's copy, as of its last synchronisation",
                        "without the source: 1 unknown");
    }

    private static List<NamedCsvRecord> parsed(String csv) {
        return CsvReader.builder().ofNamedCsvRecord(csv).stream().toList();
    }
}
