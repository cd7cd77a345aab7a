package dev.understudy.lob.report;

import dev.understudy.lob.contoso.Ticket.Priority;
import dev.understudy.lob.contoso.Ticket.Status;
import dev.understudy.lob.report.AgeHistogram.Bin;
import dev.understudy.lob.report.ProblemTicketReport.Row;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The charts of the HTML report, as inline SVG that says the same in words. */
final class HtmlCharts {

    private static final int HEIGHT = 130;
    private static final int BASE = 152;
    private static final int WIDTH = 480;

    private HtmlCharts() {}

    /** How tickets divide into critical and high, on a scale that ends at {@code most}. */
    static Element bar(int critical, int high, int most) {
        double unit = most == 0 ? 0 : 100.0 / most;
        return Element.of("svg", "bar")
                .with("viewBox", "0 0 100 10")
                .with("preserveAspectRatio", "none")
                .with("role", "img")
                .add(title(critical + " critical, " + high + " high"))
                .add(rect("track", 0, 0, 100, 10))
                .add(rect("critical", 0, 0, critical * unit, 10))
                .add(rect("high", critical * unit, 0, high * unit, 10));
    }

    static Element byStatus(List<Row> rows) {
        Element body = Element.of("tbody");
        for (Status status : List.of(Status.OPEN, Status.IN_PROGRESS, Status.WAITING)) {
            int critical = count(rows, status, Priority.CRITICAL);
            int high = count(rows, status, Priority.HIGH);
            body.add(
                    Element.of("tr")
                            .add(
                                    Element.of("th")
                                            .with("scope", "row")
                                            .text(Words.sentence(Words.of(status))))
                            .add(Element.of("td", "chart").add(bar(critical, high, rows.size())))
                            .add(Element.of("td", "number").text(Words.count(critical + high))));
        }
        return Element.of("table", "bars")
                .add(
                        Element.of("caption")
                                .text(
                                        "Bars are shares of all "
                                                + Words.counted(rows.size(), "problem ticket")
                                                + "."))
                .add(body);
    }

    /** Stacked columns, critical tickets at the bottom. */
    static Element ages(AgeHistogram ages) {
        String summary =
                ages.bins().stream()
                        .map(HtmlCharts::words)
                        .collect(Collectors.joining("; ", "", "."));
        Element svg =
                Element.of("svg", "columns")
                        .with("viewBox", "0 0 " + WIDTH + " 188")
                        .with("role", "img")
                        .with("aria-labelledby", "ages-title ages-words")
                        .add(title("Problem tickets by days open").with("id", "ages-title"))
                        .add(Element.of("desc").with("id", "ages-words").text(summary))
                        .add(rect("axis", 0, BASE, WIDTH, 1));
        // Few bins keep the width of six, so that a lone column is not a wall.
        double slot = (double) WIDTH / Math.max(6, ages.bins().size());
        for (int i = 0; i < ages.bins().size(); i++) {
            svg.add(column(ages.bins().get(i), i * slot, slot, (double) HEIGHT / ages.most()));
        }
        return svg.add(label("axis-name", WIDTH / 2.0, 185, "days open"));
    }

    private static List<Element> column(Bin bin, double left, double slot, double unit) {
        double width = Math.min(slot * 0.72, 52);
        double x = left + (slot - width) / 2;
        double critical = bin.critical() * unit;
        double high = bin.high() * unit;
        Element column =
                Element.of("g")
                        .add(title(words(bin)))
                        .add(rect("critical", x, BASE - critical, width, critical))
                        .add(rect("high", x, BASE - critical - high, width, high));
        double middle = left + slot / 2;
        String count = bin.tickets() == 0 ? "" : Words.count(bin.tickets());
        return Stream.of(
                        column,
                        label("value", middle, BASE - critical - high - 6, count),
                        label("tick", middle, BASE + 15, bin.label()))
                .toList();
    }

    private static String words(Bin bin) {
        return "%s days: %s, %d of them critical"
                .formatted(bin.label(), Words.counted(bin.tickets(), "ticket"), bin.critical());
    }

    private static Element title(String text) {
        return Element.of("title").text(text);
    }

    private static Element label(String cssClass, double x, double y, String text) {
        return Element.of("text", cssClass).with("x", number(x)).with("y", number(y)).text(text);
    }

    private static Element rect(String cssClass, double x, double y, double width, double height) {
        return Element.of("rect", cssClass)
                .with("x", number(x))
                .with("y", number(y))
                .with("width", number(width))
                .with("height", number(height));
    }

    /** Tenths, without the locale's idea of a decimal point. */
    private static String number(double value) {
        return Double.toString(Math.round(value * 10) / 10.0);
    }

    private static int count(List<Row> rows, Status status, Priority priority) {
        return (int)
                rows.stream()
                        .map(row -> row.ticket().triage())
                        .filter(triage -> triage.status() == status)
                        .filter(triage -> triage.priority() == priority)
                        .count();
    }
}
