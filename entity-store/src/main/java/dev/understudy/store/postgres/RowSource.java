package dev.understudy.store.postgres;

import dev.understudy.schemas.model.EntityField;
import dev.understudy.store.sql.BinaryArrays;
import dev.understudy.store.sql.BinaryCopy;
import dev.understudy.store.sql.Statements;
import dev.understudy.store.table.Column;
import dev.understudy.store.table.Names;
import dev.understudy.store.table.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where an upsert reads a type's rows from: arrays that are bound, or for many rows a temporary
 * table that they are copied into, which costs PostgreSQL less.
 */
final class RowSource {
    private static final String STAGE_IS_THERE =
            """
            SELECT to_regclass(%s) IS NOT NULL,
                has_database_privilege(current_database(), 'TEMPORARY')
            """;

    private static final String CREATE_STAGE =
            "CREATE TEMPORARY TABLE %s (%s) ON COMMIT DELETE ROWS";

    private final List<Sent> sent = new ArrayList<>();
    private final String stage;
    private final String stageIsThere;
    private final String createStage;
    private final String copy;

    /** One column as it is sent. */
    private record Sent(
            String quoted, String element, Function<StoredRow, @Nullable Object> value) {}

    RowSource(Table table) {
        for (Column column : table.columns()) {
            EntityField field = column.field();
            add(column.name(), column.type().element(), row -> row.content().value(field));
        }
        add("_state", "text", row -> String.valueOf(row.state().code()));
        add("_version", "int8", row -> row.version().number());
        add("_epoch", "int8", row -> row.position() == null ? null : row.position().epoch());
        add("_lsn", "int8", row -> row.position() == null ? null : row.position().commitLsn());
        add("_changed_at", "timestamptz", StoredRow::changedAt);
        add("_ceded", "int2", row -> (short) row.ceded());
        // Of these columns and no others: a table that was migrated gets another one.
        String of = table.quoted() + definition();
        this.stage = "pg_temp." + Names.quoted("%s_%08x".formatted(table.name(), of.hashCode()));
        this.stageIsThere = STAGE_IS_THERE.formatted(Names.literal(stage));
        this.createStage = CREATE_STAGE.formatted(stage, definition());
        this.copy = "COPY %s (%s) FROM STDIN (FORMAT binary)".formatted(stage, names());
    }

    /** Arrays as the source {@code e}. */
    String arrays() {
        return "unnest(%s) AS e (%s)"
                .formatted(each(column -> "?::" + column.element() + "[]"), names());
    }

    /** The temporary table as the source {@code e}. */
    String stage() {
        return stage + " AS e";
    }

    /** Binds the arrays; returns the index behind the last one. */
    int bind(Connection connection, PreparedStatement statement, int first, List<StoredRow> rows)
            throws SQLException {
        int index = first;
        for (Sent column : sent) {
            statement.setArray(
                    index++, BinaryArrays.of(connection, column.element(), rows, column.value()));
        }
        return index;
    }

    /**
     * Makes ready for {@link #copy}, with what is queued. Each session has a stage of its own,
     * which every transaction leaves empty. Without DDL where it is there: that would make the
     * driver forget what it has prepared.
     *
     * @param ready is run if this role may have one
     */
    void prepareStage(Statements statements, Runnable ready) {
        statements.queue(
                stageIsThere,
                row -> {
                    row.next();
                    boolean isThere = row.getBoolean(1);
                    boolean isAllowed = row.getBoolean(2);
                    if (!isThere && isAllowed) {
                        statements.queue(createStage);
                    }
                    if (isThere || isAllowed) {
                        ready.run();
                    }
                });
    }

    void copy(Connection connection, List<StoredRow> rows) throws SQLException {
        List<Function<StoredRow, @Nullable Object>> values =
                sent.stream().map(Sent::value).toList();
        BinaryCopy.into(connection, copy, rows, StoredRow::arrival, values);
    }

    private String definition() {
        return each(column -> column.quoted() + " " + column.element());
    }

    private String names() {
        return each(Sent::quoted);
    }

    private String each(Function<Sent, String> text) {
        return sent.stream().map(text).collect(Collectors.joining(", "));
    }

    private void add(String name, String element, Function<StoredRow, @Nullable Object> value) {
        sent.add(new Sent(Names.quoted(name), element, value));
    }
}
