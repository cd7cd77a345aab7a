package dev.understudy.store.table;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The columns of one alternate key.
 *
 * @param number its place among the type's alternate keys, so the number of its bit in {@code
 *     _ceded}
 */
public record UniqueKey(int number, List<Column> columns) {
    private static final int MAX_NUMBER = 7;

    public UniqueKey {
        if (number < 0 || number > MAX_NUMBER) {
            throw new IllegalArgumentException("at most 8 alternate keys, not number " + number);
        }
        columns = List.copyOf(columns);
    }

    /** This key's bit in {@code _ceded}. */
    public int bit() {
        return 1 << number;
    }

    /** Every value of {@code _ceded} with this key's bit, as an array literal. */
    public String cededValues(int alternateKeys) {
        return IntStream.range(0, 1 << alternateKeys)
                .filter(mask -> (mask & bit()) != 0)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(",", "'{", "}'"));
    }

    /** The name of its unique index, by which a violation is known. */
    public String indexName(Table table) {
        return table.name() + "_ak" + number;
    }

    /** The columns, separated by commas, each behind a prefix such as {@code t.} or none. */
    public String columnList(String prefix) {
        return columns.stream()
                .map(column -> prefix + column.quoted())
                .collect(Collectors.joining(", "));
    }

    /** The condition of a row that has all values. */
    public String complete(String prefix) {
        return columns.stream()
                .map(column -> prefix + column.quoted() + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
    }

    /** The condition of a row that holds the key: all values there, and not ceded. */
    public String held(String prefix) {
        return complete(prefix) + " AND " + prefix + "\"_ceded\" & " + bit() + " = 0";
    }

    /** The condition that two rows of a statement, named by their prefixes, have equal values. */
    public String same(String one, String other) {
        return columns.stream()
                .map(column -> one + column.quoted() + " = " + other + column.quoted())
                .collect(Collectors.joining(" AND "));
    }
}
