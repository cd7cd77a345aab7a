package dev.understudy.lob.dataimport;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvReader.CsvReaderBuilder;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * CSV rows under their header. An empty cell is an absent field; a column whose name has an
 * annotation ({@code account@odata.bind}) passes through.
 */
final class CsvFields implements RowParser.Fields {

    // Beyond what any column type of an instance holds; guards against 1e999999999.
    private static final int MOST_DIGITS = 1000;

    private final CsvReaderBuilder reader;
    private final List<String> columns;
    private final Shape shape;

    /** Throws BadRow if the header cannot be used. */
    CsvFields(String header, char delimiter, Shape shape) throws BadRow {
        this.reader =
                CsvReader.builder()
                        .fieldSeparator(delimiter)
                        .commentStrategy(CommentStrategy.NONE)
                        .skipEmptyLines(false)
                        .allowExtraFields(true)
                        .allowMissingFields(true);
        this.shape = shape;
        this.columns = cells(header).stream().map(String::strip).toList();
        Set<String> seen = new HashSet<>();
        for (String column : columns) {
            if (column.isEmpty() || !seen.add(column)) {
                throw new BadRow(
                        "InvalidHeader",
                        column.isEmpty()
                                ? "a column has no name"
                                : "there are two columns '" + column + "'");
            }
        }
        if (!seen.contains(shape.key().name())) {
            throw new BadRow(
                    "InvalidHeader",
                    "there is no column '%s', the key, among %s"
                            .formatted(shape.key().name(), columns));
        }
        for (String number : shape.numbers()) {
            if (shape.booleans().contains(number)) {
                throw new BadRow("InvalidHeader", number + " is both a number and a boolean");
            }
        }
    }

    @Override
    public Parsed.Entity read(String text) throws BadRow {
        List<String> cells = cells(text);
        if (cells.size() != columns.size()) {
            throw new BadRow(
                    "ColumnCount",
                    "the header has %d columns, the row has %d"
                            .formatted(columns.size(), cells.size()));
        }
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < cells.size(); i++) {
            if (!cells.get(i).isEmpty()) {
                put(fields, columns.get(i), cells.get(i));
            }
        }
        String key = KeyLiteral.of(shape.key(), fields.remove(shape.key().name()));
        return new Parsed.Entity(key, fields);
    }

    private List<String> cells(String text) throws BadRow {
        try {
            Iterator<CsvRecord> records = reader.ofCsvRecord(text).iterator();
            List<String> cells = records.next().getFields();
            if (records.hasNext()) {
                throw new BadRow(
                        "InvalidCsv", "a carriage return ends the row before its line ends");
            }
            return cells;
        } catch (CsvParseException malformed) {
            throw new BadRow("InvalidCsv", deepest(malformed));
        }
    }

    private void put(ObjectNode fields, String column, String cell) throws BadRow {
        if (column.equals(shape.key().name())) {
            fields.put(column, cell);
        } else if (shape.numbers().contains(column)) {
            fields.put(column, number(column, cell.strip()));
        } else if (shape.booleans().contains(column)) {
            fields.put(column, flag(column, cell.strip()));
        } else {
            fields.put(column, cell);
        }
    }

    private static BigDecimal number(String column, String cell) throws BadRow {
        try {
            BigDecimal number = new BigDecimal(cell);
            if (Math.abs((long) number.scale()) <= MOST_DIGITS
                    && number.precision() <= MOST_DIGITS) {
                return number;
            }
        } catch (NumberFormatException _) {
            // named below
        }
        throw new BadRow("InvalidField", "%s: not a number: '%s'".formatted(column, cell));
    }

    private static boolean flag(String column, String cell) throws BadRow {
        return switch (cell.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default ->
                    throw new BadRow(
                            "InvalidField",
                            "%s: neither true nor false: '%s'".formatted(column, cell));
        };
    }

    private static String deepest(Throwable malformed) {
        Throwable cause = malformed;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
