package dev.understudy.lob.report;

import dev.understudy.lob.contoso.Ticket;
import dev.understudy.lob.report.Coverage.NameCoverage;
import dev.understudy.lob.report.ProblemTicketReport.Row;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The tables of the HTML report. Their roles are spelled out, since on a phone they are cards. */
final class HtmlTables {

    private HtmlTables() {}

    static Element accounts(ProblemTicketReport report, int limit) {
        List<AccountFigures> all = report.accounts();
        List<AccountFigures> shown = all.stream().limit(limit).toList();
        int most = all.isEmpty() ? 0 : all.getFirst().tickets();
        Element body = Element.of("tbody");
        for (AccountFigures account : shown) {
            body.add(
                    Element.of("tr")
                            .add(
                                    Element.of("th")
                                            .with("scope", "row")
                                            .add(
                                                    party(
                                                            account.account(),
                                                            report.coverage().accounts())))
                            .add(
                                    Element.of("td", "chart")
                                            .add(
                                                    HtmlCharts.bar(
                                                            account.critical(),
                                                            account.high(),
                                                            most)))
                            .add(Element.of("td", "number").text(Words.count(account.tickets()))));
        }
        int rest = all.stream().skip(limit).mapToInt(AccountFigures::tickets).sum();
        String more =
                rest == 0
                        ? "All accounts with problem tickets."
                        : "%s more with %s together."
                                .formatted(
                                        Words.counted(all.size() - shown.size(), "account"),
                                        Words.counted(rest, "problem ticket"));
        return Element.of("table", "bars").add(Element.of("caption").text(more)).add(body);
    }

    static Element waiting(ProblemTicketReport report, int limit) {
        Element table =
                table("cards waiting", "Entity", "Type", "Waiting for", "Problem tickets", "Key");
        Element body = group("tbody");
        for (WaitingEntity entity : report.waiting().stream().limit(limit).toList()) {
            String key = entity.party().id().map(UUID::toString).orElse("");
            body.add(
                    line(
                            cell("Entity", "who").add(name(entity.party())),
                            cell("Type", "kind").text(Words.of(entity.kind())),
                            cell("Waiting for", "when").add(waited(entity.party(), report)),
                            cell("Problem tickets", "number").text(Words.count(entity.tickets())),
                            cell("Key", "key").text(key)));
        }
        return table.add(body);
    }

    static Element statements(ProblemTicketReport report) {
        Element table = table("cards statements", "Figure", "Extent", "What it rests on");
        Element body = group("tbody");
        for (Statement statement : report.statements()) {
            String extent = Words.of(statement.extent());
            body.add(
                    line(
                            cell("Figure", "who").text(statement.figure()),
                            cell("Extent", "")
                                    .add(Element.of("span", "chip " + extent).text(extent)),
                            cell("What it rests on", "wide")
                                    .text(Words.sentence(statement.text()) + ".")));
        }
        return table.add(body);
    }

    static Element tickets(ProblemTicketReport report, int limit) {
        Element table =
                table(
                        "cards tickets",
                        "Ticket",
                        "Priority",
                        "Status",
                        "Title",
                        "Account",
                        "Contact",
                        "Open since");
        Element body = group("tbody");
        for (Row row : report.rows().stream().limit(limit).toList()) {
            body.add(ticket(row, report));
        }
        return table.add(body);
    }

    private static Element ticket(Row row, ProblemTicketReport report) {
        Ticket ticket = row.ticket();
        String priority = Words.of(ticket.triage().priority());
        return line(
                cell("Ticket", "code").add(isolated(ticket.ticketNumber())),
                cell("Priority", "").add(Element.of("span", "chip " + priority).text(priority)),
                cell("Status", "state").text(Words.of(ticket.triage().status())),
                cell("Title", "wide").add(isolated(ticket.subject().title())),
                cell("Account", "who").add(party(row.account(), report.coverage().accounts())),
                cell("Contact", "who").add(party(row.contact(), report.coverage().contacts())),
                cell("Open since", "when").add(opened(ticket.timeline().openedOn(), report)));
    }

    private static Element waited(Party party, ProblemTicketReport report) {
        return party.placedOn()
                .map(then ->
                        Element.of("span")
                                .text(Words.age(then, report.coverage().asOf()) + " ")
                                .add(
                                        Element.of("time", "age")
                                                .with("datetime", then.toString())
                                                .text("since " + HtmlSummary.TIME.format(then))))
                .orElseGet(() -> Element.of("span", "unknown").text("not told"));
    }

    private static Element opened(Instant opened, ProblemTicketReport report) {
        return Element.of("span")
                .add(
                        Element.of("time")
                                .with("datetime", opened.toString())
                                .text(HtmlSummary.DAY.format(opened)))
                .text(" ")
                .add(Element.of("span", "age").text(Words.age(opened, report.coverage().asOf())));
    }

    /**
     * A name with its marks. Where all names come from the target's copy, the page says so once and
     * not at each.
     */
    private static Element party(Party party, NameCoverage names) {
        Element shown = Element.of("span", "party").add(name(party));
        boolean mixed = names.source() instanceof Reach.Reached || names.bySource() > 0;
        party.knownName()
                .filter(name -> mixed && name.origin() == Origin.TARGET_COPY)
                .ifPresent(name ->
                        shown.text(" ").add(Element.of("span", "tag").text(name.origin().words())));
        party.recordState()
                .ifPresent(state -> {
                    switch (state) {
                        case HYDRATED -> {}
                        case PLACEHOLDER ->
                                shown.text(" ")
                                        .add(
                                                Element.of("span", "tag await")
                                                        .text("awaiting synchronisation"));
                        case DELETED ->
                                shown.text(" ").add(Element.of("span", "tag").text("deleted"));
                    }
                });
        return shown;
    }

    private static Element name(Party party) {
        return switch (party) {
            case Party.Named(_, Names.Name name, _) -> isolated(name.text());
            case Party.Unknown _ -> Element.of("span", "unknown").text("name unknown");
            case Party.Nobody _ -> Element.of("span", "unknown").text("–");
        };
    }

    /** Text of others, whose writing direction stays its own affair. */
    private static Element isolated(String text) {
        return Element.of("bdi").text(text);
    }

    private static Element table(String cssClass, String... headings) {
        Element head = line();
        for (String heading : headings) {
            head.add(
                    Element.of("th")
                            .with("scope", "col")
                            .with("role", "columnheader")
                            .with("class", heading.equals("Problem tickets") ? "number" : "text")
                            .text(heading));
        }
        return Element.of("table", cssClass).with("role", "table").add(group("thead").add(head));
    }

    private static Element group(String name) {
        return Element.of(name).with("role", "rowgroup");
    }

    private static Element line(Element... cells) {
        return Element.of("tr").with("role", "row").add(cells);
    }

    private static Element cell(String label, String cssClass) {
        Element cell = Element.of("td").with("role", "cell").with("data-label", label);
        return cssClass.isEmpty() ? cell : cell.with("class", cssClass);
    }
}
