package dev.understudy.benchmarks.store;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.store.table.Column;
import dev.understudy.store.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What hand-written statements about the table of accounts are made of. */
final class RawTable {
    static final String NAME = "\"contoso_crm\".\"account\"";

    /**
     * One column that a hand-written statement sets.
     *
     * @param element its type as the element of an array
     */
    record Field(String name, String element, Function<ChangeEvent, @Nullable Object> value) {}

    static final List<Field> FIELDS = fields();

    private static final String HYDRATED = "\"_state\", \"_hydrated_at\"";

    private RawTable() {}

    /** The names in one list. */
    static String names() {
        return each(Field::name, ", ");
    }

    static String each(Function<Field, String> text, String separator) {
        return FIELDS.stream().map(text).collect(Collectors.joining(separator));
    }

    /** An insert of what a clause gives, up to that clause. */
    static String insert() {
        return "INSERT INTO %s AS t (%s, %s) ".formatted(NAME, names(), HYDRATED);
    }

    /** The end of the statement: an update, if the version is higher. */
    static String orUpdate() {
        return " ON CONFLICT (\"account_id\") DO UPDATE SET "
                + each(field -> field.name() + " = EXCLUDED." + field.name(), ", ")
                + ", \"_state\" = 'h' WHERE t.\"_version\" < EXCLUDED.\"_version\"";
    }

    private static List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        for (Column column : Table.of(Accounts.TYPE).columns()) {
            fields.add(
                    new Field(
                            column.quoted(),
                            column.type().element(),
                            event -> event.content().value(column.field())));
        }
        fields.add(new Field("\"_version\"", "int8", event -> event.version().number()));
        fields.add(new Field("\"_epoch\"", "int8", event -> event.metadata().position().epoch()));
        fields.add(new Field("\"_lsn\"", "int8", event -> event.metadata().position().commitLsn()));
        fields.add(new Field("\"_changed_at\"", "timestamptz", event -> event.metadata().time()));
        return List.copyOf(fields);
    }
}
