package dev.understudy.store.digest;

import dev.understudy.schemas.model.Condition;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.FieldType;
import dev.understudy.schemas.model.ModelException;
import dev.understudy.store.table.Column;
import dev.understudy.store.table.Table;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The statements of one type and scope. A row's bytes are what {@code record_send} makes of it: the
 * count of columns, then for each its type's OID, the length of its value (or -1) and the value in
 * PostgreSQL's binary wire format, in which no setting of a session has a say. Decimals lose their
 * trailing zeros first, so that a declared scale has no say either.
 */
final class DigestSql {
    /** OFFSET 0 keeps the hash from being computed once for each half of it. */
    private static final String SUMS =
            """
            SELECT part, count(*),
                sum(('x' || substr(hash, 1, 16))::bit(64)::bigint),
                sum(('x' || substr(hash, 17, 16))::bit(64)::bigint)
            FROM (SELECT width_bucket(${key}, ?::${type}[]) AS part,
                    md5(record_send(ROW(${values}, "_state", "_version", "_ceded"))) AS hash
                FROM ${table} WHERE ${counted} AND ${range} OFFSET 0) AS hashed
            GROUP BY part
            """;

    private static final String CUT =
            """
            SELECT k::text FROM (
                SELECT ${key} AS k, row_number() OVER (ORDER BY ${key}) AS n
                FROM ${table} ${sample} WHERE ${counted} AND ${range}) AS numbered
            WHERE n % ? = 0 ORDER BY n
            """;

    private static final String ROWS =
            """
            SELECT ${key}::text, ${state}, "_version", "_ceded", md5(record_send(ROW(${values}))),
                "_changed_at"
            FROM ${table} WHERE "_state" IN ('p', 'h', 'd') AND\
            """;

    private static final Pattern PLACE = Pattern.compile("\\$\\{(\\w+)}");

    private final Table table;
    private final String key;
    private final String values;
    private final String counted;
    private final String state;

    /**
     * @throws ModelException if the scope names a field that the type does not have
     */
    DigestSql(Table table, DigestScope scope) {
        this.table = table;
        this.key = table.key().quoted();
        this.values =
                key
                        + columns(table, scope).stream()
                                .map(column -> ", " + value(column))
                                .collect(Collectors.joining());
        String inside =
                "(%s) IS TRUE"
                        .formatted(
                                new ConditionSql(table)
                                        .of(Condition.of(table.type(), scope.condition())));
        this.counted =
                "(\"_state\" = 'h' AND %s OR \"_state\" = 'd' AND \"_version\" > %d)"
                        .formatted(inside, scope.purgedUpTo());
        this.state =
                "CASE WHEN \"_state\" = 'h' AND NOT %s THEN 'p' ELSE \"_state\" END"
                        .formatted(inside);
    }

    /** Parameters: the boundaries, then those of the range. */
    String sums(KeyRange range) {
        return filled(SUMS, range);
    }

    /**
     * Parameters: those of the range, then every how many rows to cut.
     *
     * @param percent of the table's pages to look at; 100 for all
     */
    String cut(KeyRange range, double percent) {
        String sample = percent < 100 ? "TABLESAMPLE SYSTEM (" + percent + ")" : "";
        return filled(CUT, range, sample);
    }

    /** Parameters: those of the range, then the limit. */
    String rows(KeyRange range) {
        return filled(ROWS + " ${counted} AND ${range} ORDER BY ${key} LIMIT ?", range);
    }

    /** Parameter: the keys. */
    String rowsOfKeys() {
        return filled(ROWS + " ${key} = ANY (?::${type}[]) ORDER BY ${key}", KeyRange.ALL);
    }

    private String filled(String template, KeyRange range) {
        return filled(template, range, "");
    }

    /** In one pass: what is filled in may hold anything, such as a text that a caller compares. */
    private String filled(String template, KeyRange range, String sample) {
        String type = table.key().type().element();
        return PLACE.matcher(template)
                .replaceAll(place ->
                        Matcher.quoteReplacement(
                                switch (place.group(1)) {
                                    case "range" -> condition(range, type);
                                    case "counted" -> counted;
                                    case "state" -> state;
                                    case "values" -> values;
                                    case "key" -> key;
                                    case "type" -> type;
                                    case "table" -> table.quoted();
                                    case "sample" -> sample;
                                    default -> throw new IllegalStateException(place.group());
                                }));
    }

    private String condition(KeyRange range, String type) {
        return (range.from() == null ? "true" : "%s >= ?::%s".formatted(key, type))
                + (range.to() == null ? "" : " AND %s < ?::%s".formatted(key, type));
    }

    private static List<Column> columns(Table table, DigestScope scope) {
        return scope.fields().stream().map(name -> column(table, name)).toList();
    }

    private static Column column(Table table, String name) {
        EntityField field =
                table.type()
                        .field(name)
                        .orElseThrow(() ->
                                new ModelException(
                                        "%s has no field %s".formatted(table.type(), name)));
        return table.columns().get(field.index());
    }

    private static String value(Column column) {
        return column.field().type() instanceof FieldType.Decimal
                ? "trim_scale(" + column.quoted() + ")"
                : column.quoted();
    }
}
