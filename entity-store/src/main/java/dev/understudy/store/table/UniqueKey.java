package dev.understudy.store.table;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The columns of one alternate key.
 *
 * @param number its place among the type's alternate keys, so the number of its bit in {@code
 *     _ceded}
 */
public record UniqueKey(int number, List<Column> columns) {
    private static final int MAX_NUMBER = 14;

    public UniqueKey {
        if (number < 0 || number > MAX_NUMBER) {
            throw new IllegalArgumentException("at most 15 alternate keys, not number " + number);
        }
        columns = List.copyOf(columns);
    }

    /** This key's bit in {@code _ceded}. */
    public int bit() {
        return 1 << number;
    }

    /** The name of its unique index, by which a violation is known. */
    public String indexName(Table table) {
        return table.name() + "_ak" + number;
    }

    public String columnList() {
        return columns.stream().map(Column::quoted).collect(Collectors.joining(", "));
    }

    /** The condition of a row that claims it: all values there, and the claim not withdrawn. */
    public String claimed() {
        return columns.stream()
                .map(column -> column.quoted() + " IS NOT NULL AND ")
                .collect(Collectors.joining("", "", "\"_ceded\" & %d = 0".formatted(bit())));
    }
}
