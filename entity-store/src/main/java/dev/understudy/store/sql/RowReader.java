package dev.understudy.store.sql;

import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.AlternateKey;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.store.EntityRow;
import dev.understudy.store.RecordState;
import dev.understudy.store.table.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows of one table as they come out of result sets whose first columns are {@link #columns}. */
public final class RowReader {
    private static final List<String> SYSTEM =
            List.of("_state", "_version", "_changed_at", "_ceded", "_alias_of");

    private final Table table;

    public RowReader(Table table) {
        this.table = table;
    }

    /** A row as it is, and what it is an alias of. */
    public record Found(EntityRow row, @Nullable EntityKey aliasOf) {}

    /** What is to be selected, each column behind a prefix such as {@code t.} or none. */
    public String columns(String prefix) {
        return Stream.concat(
                        table.columns().stream().map(column -> column.quoted()),
                        SYSTEM.stream().map(name -> "\"" + name + "\""))
                .map(column -> prefix + column)
                .collect(Collectors.joining(", "));
    }

    /** The number of {@link #columns}. */
    public int width() {
        return table.columns().size() + SYSTEM.size();
    }

    public List<Found> all(ResultSet result) throws SQLException {
        List<Found> rows = new ArrayList<>();
        while (result.next()) {
            rows.add(one(result));
        }
        return rows;
    }

    /** The row on which the cursor stands. */
    public Found one(ResultSet result) throws SQLException {
        int system = table.columns().size() + 1;
        RecordState state = RecordState.of(result.getString(system));
        EntityRow row =
                new EntityRow(
                        content(result, state),
                        state,
                        new Version(result.getLong(system + 1)),
                        SqlValues.instant(result, system + 2),
                        ceded(result.getInt(system + 3)));
        return new Found(
                row,
                state == RecordState.ALIAS
                        ? SqlValues.key(table.type().keyType(), result, system + 4)
                        : null);
    }

    /** A column that came later has its default in every row, also in one that has only its key. */
    private EntityContent content(ResultSet result, RecordState state) throws SQLException {
        EntityContent content = SqlValues.content(table, result, 1);
        if (state == RecordState.HYDRATED) {
            return content;
        }
        EntityContent bare = EntityContent.ofKey(table.type(), content.key());
        for (AlternateKey key : table.type().alternateKeys()) {
            for (EntityField field : key.fields()) {
                bare = bare.with(field, content.value(field));
            }
        }
        return bare;
    }

    private List<AlternateKey> ceded(int bits) {
        return bits == 0
                ? List.of()
                : table.alternateKeys().stream()
                        .filter(key -> (bits & key.bit()) != 0)
                        .map(key -> table.type().alternateKeys().get(key.number()))
                        .toList();
    }
}
