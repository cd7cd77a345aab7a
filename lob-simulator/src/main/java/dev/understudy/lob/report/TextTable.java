package dev.understudy.lob.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A boxed table of fixed column widths. A cell whose parts do not fit one line has a line for each.
 */
record TextTable(List<Column> columns) {

    /** A column's heading and its width in terminal columns, without the frame. */
    record Column(String heading, int width) {}

    /** The frame's share of the width of a table with so many columns. */
    static int frame(int columns) {
        return 3 * columns + 1;
    }

    Stream<String> header() {
        return Stream.of(
                rule("┌", "┬", "┐"),
                line(columns.stream().map(Column::heading).toList()),
                rule("├", "┼", "┤"));
    }

    String footer() {
        return rule("└", "┴", "┘");
    }

    /** The lines of one row; a cell is a list of parts, of which blank ones are left out. */
    Stream<String> row(List<List<String>> cells) {
        List<List<String>> stacks =
                IntStream.range(0, columns.size())
                        .mapToObj(i -> stack(cells.get(i), columns.get(i).width()))
                        .toList();
        int height = stacks.stream().mapToInt(List::size).max().orElse(0);
        return IntStream.range(0, height)
                .mapToObj(
                        y -> line(stacks.stream().map(s -> y < s.size() ? s.get(y) : "").toList()));
    }

    private static List<String> stack(List<String> cell, int width) {
        List<String> parts =
                cell.stream().map(TextWidth::printable).filter(part -> !part.isEmpty()).toList();
        String joined = String.join(" ", parts);
        return TextWidth.of(joined) <= width ? List.of(joined) : parts;
    }

    private String line(List<String> texts) {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> TextWidth.fit(texts.get(i), columns.get(i).width()))
                .collect(Collectors.joining(" │ ", "│ ", " │"));
    }

    private String rule(String left, String middle, String right) {
        return columns.stream()
                .map(column -> "─".repeat(column.width() + 2))
                .collect(Collectors.joining(middle, left, right));
    }
}
