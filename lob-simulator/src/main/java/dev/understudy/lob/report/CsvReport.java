package dev.understudy.lob.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.understudy.lob.client.RecordState;
import dev.understudy.lob.contoso.Ticket;
import dev.understudy.lob.report.ProblemTicketReport.Row;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * The report as CSV (RFC 4180, UTF-8): one line for each row, which says by itself where its names
 * come from. A cell that a spreadsheet would take for a formula begins with an apostrophe.
 */
public final class CsvReport {

    private static final List<String> ROW_HEADER =
            List.of(
                    "ticketNumber",
                    "ticketId",
                    "priority",
                    "status",
                    "title",
                    "openedOn",
                    "accountId",
                    "accountName",
                    "accountNameFrom",
                    "accountState",
                    "accountPlacedOn",
                    "contactId",
                    "contactName",
                    "contactNameFrom",
                    "contactState",
                    "contactPlacedOn",
                    "awaitsSynchronisation",
                    "asOf");

    private static final List<String> COVERAGE_HEADER = List.of("figure", "extent", "statement");

    /** What spreadsheets begin a formula with, also in the wide forms of East Asian keyboards. */
    private static final String FORMULA_STARTS = "=+-@＝＋－＠";

    private CsvReport() {}

    /** All rows, most urgent first. */
    public static String rows(ProblemTicketReport report) {
        String asOf = report.coverage().asOf().toString();
        return csv(ROW_HEADER, report.rows().stream().map(row -> cells(row, asOf)).toList());
    }

    /** What each figure of the report rests on, and what is missing from it. */
    public static String coverage(ProblemTicketReport report) {
        return csv(
                COVERAGE_HEADER,
                report.statements().stream()
                        .map(statement ->
                                List.of(
                                        statement.figure(),
                                        lower(statement.extent()),
                                        statement.text()))
                        .toList());
    }

    private static List<String> cells(Row row, String asOf) {
        Ticket ticket = row.ticket();
        Party account = row.account();
        Party contact = row.contact();
        return List.of(
                ticket.ticketNumber(),
                ticket.ticketId().toString(),
                ticket.triage().priority().name(),
                ticket.triage().status().name(),
                ticket.subject().title(),
                ticket.timeline().openedOn().toString(),
                id(account),
                name(account),
                nameFrom(account),
                state(account),
                placedOn(account),
                id(contact),
                name(contact),
                nameFrom(contact),
                state(contact),
                placedOn(contact),
                row.awaitsSynchronisation() ? "yes" : "no",
                asOf);
    }

    private static String id(Party party) {
        return party.id().map(UUID::toString).orElse("");
    }

    private static String name(Party party) {
        return party.knownName().map(Names.Name::text).orElse("");
    }

    private static String nameFrom(Party party) {
        return party.knownName().map(name -> name.origin().words()).orElse("");
    }

    private static String state(Party party) {
        return party.recordState().map((RecordState state) -> lower(state)).orElse("");
    }

    private static String placedOn(Party party) {
        return party.placedOn().map(Instant::toString).orElse("");
    }

    private static String lower(Enum<?> symbol) {
        return symbol.name().toLowerCase(Locale.ROOT);
    }

    private static String csv(List<String> header, List<List<String>> lines) {
        StringWriter out = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().build(out)) {
            csv.writeRecord(header);
            for (List<String> cells : lines) {
                csv.writeRecord(cells.stream().map(CsvReport::harmless).toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return out.toString();
    }

    /** Spreadsheets skip what is blank or invisible before a formula, so this does too. */
    static String harmless(String cell) {
        String seen = cell.replaceFirst("^[\\p{Cntrl}\\p{Cf}\\p{Z}]+", "");
        boolean startsOddly = !cell.isEmpty() && (cell.charAt(0) == '\t' || cell.charAt(0) == '\r');
        boolean formula = !seen.isEmpty() && FORMULA_STARTS.indexOf(seen.charAt(0)) >= 0;
        return formula || startsOddly ? "'" + cell : cell;
    }
}
