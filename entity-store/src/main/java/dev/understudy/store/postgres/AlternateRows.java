package dev.understudy.store.postgres;

import dev.understudy.schemas.event.Position;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.store.AlternateId;
import dev.understudy.store.RecordState;
import dev.understudy.store.postgres.Claimants.Claimant;
import dev.understudy.store.sql.SqlText;
import dev.understudy.store.sql.SqlValues;
import dev.understudy.store.table.Column;
import dev.understudy.store.table.Table;
import dev.understudy.store.table.UniqueKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The statements about one alternate key of one type. */
final class AlternateRows {
    private static final String HOLDERS =
            """
            SELECT n.ord, t.${key}
            FROM unnest(${arrays}) WITH ORDINALITY AS n (${columns}, ord)
            JOIN ${table} AS t ON ${n_is_t} AND ${t_held}
            """;

    /** Of rows to be stored, those whose values another row holds. */
    private static final String TAKEN =
            """
            SELECT n.ord
            FROM unnest(?::${keys}[], ${arrays}) WITH ORDINALITY AS n ("_key", ${columns}, ord)
            JOIN ${table} AS t ON ${n_is_t} AND ${t_held} AND t.${key} <> n."_key"
            """;

    /**
     * Somebody may have referred to the provisional key itself: that placeholder gets the values.
     */
    private static final String PLACE =
            """
            INSERT INTO ${table} AS t (${key}, ${columns}, "_state", "_version", "_placed_at",
                "_changed_at")
            SELECT n.*, 'p', 0, now(), now() FROM unnest(?::${keys}[], ${arrays}) AS n
            ON CONFLICT (${key}) DO UPDATE SET ${filled}
            WHERE t."_state" = 'p' AND ${bare}
            """;

    /**
     * Rows that cede although nobody of a higher position holds, with who does hold. In the order
     * of keys, which breaks the tie of one position.
     */
    private static final String UNSETTLED =
            """
            WITH unsettled AS (
                SELECT c.${key} AS ceding, h.${key} AS holding
                FROM ${table} AS c LEFT JOIN ${table} AS h ON ${c_is_h} AND ${h_held}
                WHERE c."_ceded" <> 0 AND c."_ceded" = ANY (${ceded}::smallint[])
                    AND (h.${key} IS NULL OR h."_state" = 'p' OR c."_state" = 'p'
                        OR (coalesce(h."_epoch", -1), coalesce(h."_lsn", -1), c.${key})
                            < (coalesce(c."_epoch", -1), coalesce(c."_lsn", -1), h.${key})))
            SELECT t.${key}, t."_state", t."_ceded" & ${bit} <> 0, t."_epoch", t."_lsn", ${texts}
            FROM ${table} AS t
            WHERE t.${key} IN (
                SELECT ceding FROM unsettled UNION ALL SELECT holding FROM unsettled)
            ORDER BY t.${key} FOR NO KEY UPDATE
            """;

    private final Table table;
    private final UniqueKey key;
    private final String holders;
    private final String heldHolders;
    private final String taken;
    private final String place;
    private final String unsettled;

    AlternateRows(Table table, UniqueKey key) {
        this.table = table;
        this.key = key;
        this.holders = sql(HOLDERS);
        this.heldHolders = holders + sql("ORDER BY t.${key} FOR KEY SHARE OF t");
        this.taken = sql(TAKEN);
        this.place = sql(PLACE);
        this.unsettled = sql(UNSETTLED);
    }

    UniqueKey key() {
        return key;
    }

    /** Sorts these as every writer takes locks. */
    String name() {
        return table.type().fullName() + " " + key.number();
    }

    /** The keys of the rows that have these values. */
    Map<AlternateId, EntityKey> holders(Connection connection, List<AlternateId> ids)
            throws SQLException {
        return holders(connection, holders, ids);
    }

    /** The same of rows that cannot go before the transaction ends. */
    Map<AlternateId, EntityKey> heldHolders(Connection connection, List<AlternateId> ids)
            throws SQLException {
        return holders(connection, heldHolders, ids);
    }

    /** Inserts placeholders that have these values, under provisional keys of their own. */
    void place(Connection connection, List<AlternateId> ids, List<EntityKey> keys)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(place)) {
            bindKeys(connection, statement, keys);
            bind(connection, statement, 2, ids.stream().map(this::texts).toList());
            statement.executeUpdate();
        }
    }

    /** The keys of those rows whose values are held by another row, or by another of these. */
    Set<EntityKey> contested(Connection connection, List<StoredRow> rows) throws SQLException {
        List<StoredRow> claiming = new ArrayList<>();
        Map<List<String>, List<EntityKey>> byValues = new HashMap<>();
        for (StoredRow row : rows) {
            Optional<List<String>> values = values(row.content());
            if (row.state() == RecordState.HYDRATED && values.isPresent()) {
                claiming.add(row);
                byValues.computeIfAbsent(values.get(), _ -> new ArrayList<>()).add(row.key());
            }
        }
        Set<EntityKey> contested = new HashSet<>();
        byValues.values().stream().filter(keys -> keys.size() > 1).forEach(contested::addAll);
        try (PreparedStatement statement = connection.prepareStatement(taken)) {
            bindKeys(connection, statement, claiming.stream().map(StoredRow::key).toList());
            bind(
                    connection,
                    statement,
                    2,
                    claiming.stream().map(row -> values(row.content()).orElseThrow()).toList());
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    contested.add(claiming.get(result.getInt(1) - 1).key());
                }
            }
        }
        return contested;
    }

    /** Locks and gives those between whom it must be decided who holds. */
    Claimants unsettled(Connection connection) throws SQLException {
        List<Claimant> claimants = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(unsettled);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                claimant(row).ifPresent(claimants::add);
            }
        }
        return new Claimants(claimants);
    }

    private Optional<Claimant> claimant(ResultSet row) throws SQLException {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < key.columns().size(); i++) {
            String value = row.getString(6 + i);
            if (value == null) {
                return Optional.empty();
            }
            values.add(value);
        }
        long epoch = row.getLong(4);
        Position position = row.wasNull() ? null : new Position(epoch, row.getLong(5));
        return Optional.of(
                new Claimant(
                        SqlValues.key(table.type().keyType(), row, 1),
                        RecordState.of(row.getString(2)),
                        row.getBoolean(3),
                        position,
                        values));
    }

    private Map<AlternateId, EntityKey> holders(
            Connection connection, String sql, List<AlternateId> ids) throws SQLException {
        Map<AlternateId, EntityKey> holders = HashMap.newHashMap(ids.size());
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement, 1, ids.stream().map(this::texts).toList());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    holders.put(
                            ids.get(row.getInt(1) - 1),
                            SqlValues.key(table.type().keyType(), row, 2));
                }
            }
        }
        return holders;
    }

    private List<String> texts(AlternateId id) {
        List<String> texts = new ArrayList<>();
        for (Column column : key.columns()) {
            Object value = id.values().get(texts.size());
            texts.add(String.valueOf(SqlText.of(column.field(), value)));
        }
        return texts;
    }

    /** Empty if one of them is not there. */
    private Optional<List<String>> values(EntityContent content) {
        List<String> texts = new ArrayList<>();
        for (Column column : key.columns()) {
            String text = SqlText.of(column.field(), content.value(column.field()));
            if (text == null) {
                return Optional.empty();
            }
            texts.add(text);
        }
        return Optional.of(texts);
    }

    private void bindKeys(Connection connection, PreparedStatement statement, List<EntityKey> keys)
            throws SQLException {
        String[] texts = keys.stream().map(EntityKey::text).toArray(String[]::new);
        statement.setArray(1, connection.createArrayOf(table.key().type().element(), texts));
    }

    private void bind(
            Connection connection, PreparedStatement statement, int first, List<List<String>> rows)
            throws SQLException {
        for (int i = 0; i < key.columns().size(); i++) {
            @Nullable String[] texts = new String[rows.size()];
            for (int row = 0; row < texts.length; row++) {
                texts[row] = rows.get(row).get(i);
            }
            String element = key.columns().get(i).type().element();
            statement.setArray(first + i, connection.createArrayOf(element, texts));
        }
    }

    private String filled() {
        return key.columns().stream()
                .map(column -> column.quoted() + " = EXCLUDED." + column.quoted())
                .collect(Collectors.joining(", "));
    }

    private String bare() {
        return key.columns().stream()
                .map(column -> "t." + column.quoted() + " IS NULL")
                .collect(Collectors.joining(" AND "));
    }

    private String sql(String template) {
        String arrays =
                key.columns().stream()
                        .map(column -> "?::" + column.type().element() + "[]")
                        .collect(Collectors.joining(", "));
        String texts =
                key.columns().stream()
                        .map(column -> "t." + column.quoted() + "::text")
                        .collect(Collectors.joining(", "));
        return template.replace("${table}", table.quoted())
                .replace("${key}", table.key().quoted())
                .replace("${keys}", table.key().type().element())
                .replace("${columns}", key.columnList(""))
                .replace("${arrays}", arrays)
                .replace("${texts}", texts)
                .replace("${filled}", filled())
                .replace("${bare}", bare())
                .replace("${n_is_t}", key.same("n.", "t."))
                .replace("${c_is_h}", key.same("c.", "h."))
                .replace("${t_held}", key.held("t."))
                .replace("${h_held}", key.held("h."))
                .replace("${bit}", Integer.toString(key.bit()))
                .replace("${ceded}", key.cededValues(table.alternateKeys().size()));
    }
}
