package dev.understudy.lob.report;

import dev.understudy.lob.contoso.Ticket.Priority;
import dev.understudy.lob.report.ProblemTicketReport.Row;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** The problem tickets of one account: how many, and how many of them are critical. */
public record AccountFigures(Party account, int tickets, int critical) {

    private static final Comparator<AccountFigures> MOST_TICKETS =
            Comparator.comparingInt(AccountFigures::tickets)
                    .thenComparingInt(AccountFigures::critical)
                    .reversed()
                    .thenComparing(figures -> figures.account().label())
                    .thenComparing(
                            figures -> figures.account().id().map(UUID::toString).orElse(""));

    /** Tickets that are not critical. */
    public int high() {
        return tickets - critical;
    }

    /** The accounts that rows name, those with most problem tickets first. */
    static List<AccountFigures> of(List<Row> rows) {
        return rows.stream()
                .collect(Collectors.groupingBy(row -> row.ticket().parties().accountId()))
                .values()
                .stream()
                .map(AccountFigures::ofOne)
                .sorted(MOST_TICKETS)
                .toList();
    }

    private static AccountFigures ofOne(List<Row> rows) {
        long critical =
                rows.stream()
                        .filter(row -> row.ticket().triage().priority() == Priority.CRITICAL)
                        .count();
        return new AccountFigures(rows.getFirst().account(), rows.size(), (int) critical);
    }
}
