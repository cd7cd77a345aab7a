package dev.understudy.lob.report;

import dev.understudy.lob.contoso.Ticket.Priority;
import dev.understudy.lob.report.ProblemTicketReport.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How long the problem tickets have been open: at most ten bins of equal width, from now back, the
 * last one holding the oldest ticket.
 */
record AgeHistogram(int binDays, List<Bin> bins) {

    private static final int MOST_BINS = 10;
    private static final int[] WIDTHS = {1, 2, 7, 14, 28, 56, 91, 182, 364, 728, 1820, 3640};

    /** Tickets of {@code firstDay} to {@code lastDay} whole days. */
    record Bin(int firstDay, int lastDay, int critical, int high) {

        int tickets() {
            return critical + high;
        }

        String label() {
            return firstDay == lastDay ? "" + firstDay : firstDay + "–" + lastDay;
        }
    }

    static AgeHistogram of(List<Row> rows, Instant now) {
        int oldest = rows.stream().mapToInt(row -> days(row, now)).max().orElse(0);
        int width =
                Arrays.stream(WIDTHS)
                        .filter(days -> oldest < days * MOST_BINS)
                        .findFirst()
                        .orElse(oldest / MOST_BINS + 1);
        int count = rows.isEmpty() ? 0 : oldest / width + 1;
        return new AgeHistogram(
                width,
                IntStream.range(0, count).mapToObj(i -> bin(rows, now, i * width, width)).toList());
    }

    int most() {
        return bins.stream().mapToInt(Bin::tickets).max().orElse(0);
    }

    private static Bin bin(List<Row> rows, Instant now, int firstDay, int width) {
        List<Row> inside =
                rows.stream().filter(row -> days(row, now) / width == firstDay / width).toList();
        int critical =
                (int)
                        inside.stream()
                                .filter(row ->
                                        row.ticket().triage().priority() == Priority.CRITICAL)
                                .count();
        return new Bin(firstDay, firstDay + width - 1, critical, inside.size() - critical);
    }

    private static int days(Row row, Instant now) {
        long days = Duration.between(row.ticket().timeline().openedOn(), now).toDays();
        return Math.clamp(days, 0, Integer.MAX_VALUE - 1);
    }
}
