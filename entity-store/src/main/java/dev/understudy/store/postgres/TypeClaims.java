package dev.understudy.store.postgres;

import dev.understudy.schemas.model.EntityKey;
import dev.understudy.store.sql.SqlValues;
import dev.understudy.store.table.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The alternate keys of one type's rows: who holds them, and what stands for whom. */
final class TypeClaims {
    /** An index lookup also where the planner has no statistics yet. */
    private static final String ANY_CEDED =
            """
            SELECT "_ceded" FROM ${table} WHERE "_ceded" <> 0 ORDER BY "_ceded" LIMIT 1
            """;

    private static final String CEDE =
            "UPDATE ${table} SET \"_ceded\" = \"_ceded\" | ? WHERE ${key} = ANY (?)";

    private static final String HOLD =
            "UPDATE ${table} SET \"_ceded\" = \"_ceded\" & ~?::int2 WHERE ${key} = ANY (?)";

    /** Waits for whoever is about to refer to them, who need not look twice then. */
    private static final String LOCK_PLACEHOLDERS =
            """
            SELECT ${key}, (extract(epoch FROM clock_timestamp() - "_placed_at") * 1000000)::bigint
            FROM ${table} WHERE ${key} = ANY (?) ORDER BY ${key} FOR UPDATE
            """;

    private static final String MAKE_ALIASES =
            """
            UPDATE ${table} AS t SET ${cleared} "_state" = 'a', "_alias_of" = n.entity,
                "_ceded" = 0, "_changed_at" = now(), "_placed_at" = ${unsettled}
            FROM unnest(?::${keys}[], ?::${keys}[]) AS n (alias, entity)
            WHERE t.${key} = n.alias
            """;

    /** No alias stands for another one, so that whoever meets one needs a single step. */
    private static final String SHORTEN_CHAINS =
            """
            UPDATE ${table} AS t SET "_alias_of" = n.entity
            FROM unnest(?::${keys}[], ?::${keys}[]) AS n (alias, entity)
            WHERE t."_alias_of" = n.alias AND t."_state" = 'a'
            """;

    private final Table table;
    private final List<AlternateRows> alternateKeys;
    private final ReferenceMoves moves;
    private final String cede;
    private final String hold;
    private final String lockPlaceholders;
    private final String makeAliases;
    private final String shortenChains;

    TypeClaims(Table table, ReferenceMoves moves) {
        this.table = table;
        this.alternateKeys =
                table.alternateKeys().stream().map(key -> new AlternateRows(table, key)).toList();
        this.moves = moves;
        this.cede = sql(CEDE);
        this.hold = sql(HOLD);
        this.lockPlaceholders = sql(LOCK_PLACEHOLDERS);
        this.makeAliases = sql(MAKE_ALIASES);
        this.shortenChains = sql(SHORTEN_CHAINS);
    }

    List<AlternateRows> alternateKeys() {
        return alternateKeys;
    }

    /** A scalar query for whether any row cedes a key. */
    String anyCeded() {
        return sql(ANY_CEDED);
    }

    /** The same rows, each ceding the keys that another row or another of these holds. */
    List<StoredRow> cedingWhatIsTaken(Connection connection, List<StoredRow> rows)
            throws SQLException {
        Map<EntityKey, Integer> bits = new HashMap<>();
        for (AlternateRows alternate : alternateKeys) {
            for (EntityKey contested : alternate.contested(connection, rows)) {
                bits.merge(contested, alternate.key().bit(), (one, other) -> one | other);
            }
        }
        List<StoredRow> ceding = new ArrayList<>();
        for (StoredRow row : rows) {
            ceding.add(row.ceding(row.ceded() | bits.getOrDefault(row.key(), 0)));
        }
        return ceding;
    }

    /**
     * Gives each value to the row that is to hold it.
     *
     * @param waited gets how long its placeholder waited, for each entity that has come
     * @param ceded gets the rows that do not hold a value any more
     * @return the types whose alternate keys this may have unsettled, by moving references
     */
    Set<Table> settle(Connection connection, Map<EntityKey, Duration> waited, List<EntityKey> ceded)
            throws SQLException {
        Map<EntityKey, EntityKey> aliases = new HashMap<>();
        for (AlternateRows alternate : alternateKeys) {
            Claimants.Settlement settlement = alternate.unsettled(connection).settlement();
            if (!settlement.aliases().isEmpty()) {
                makeAliases(connection, settlement.aliases(), waited);
                aliases.putAll(settlement.aliases());
            }
            int bit = alternate.key().bit();
            update(connection, cede, bit, settlement.ceding());
            ceded.addAll(settlement.ceding());
            update(connection, hold, bit, settlement.holding());
        }
        return aliases.isEmpty() ? Set.of() : moves.move(connection, aliases);
    }

    private void makeAliases(
            Connection connection,
            Map<EntityKey, EntityKey> aliases,
            Map<EntityKey, Duration> waited)
            throws SQLException {
        String element = table.key().type().element();
        try (PreparedStatement lock = connection.prepareStatement(lockPlaceholders)) {
            lock.setArray(1, connection.createArrayOf(element, texts(aliases.keySet())));
            try (ResultSet row = lock.executeQuery()) {
                while (row.next()) {
                    EntityKey alias = SqlValues.key(table.type().keyType(), row, 1);
                    Duration age = Duration.of(Math.max(0, row.getLong(2)), ChronoUnit.MICROS);
                    waited.put(aliases.getOrDefault(alias, alias), age);
                }
            }
        }
        List<EntityKey> placeholders = List.copyOf(aliases.keySet());
        List<EntityKey> entities = placeholders.stream().map(aliases::get).toList();
        for (String sql : List.of(makeAliases, shortenChains)) {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setArray(1, connection.createArrayOf(element, texts(placeholders)));
                update.setArray(2, connection.createArrayOf(element, texts(entities)));
                update.executeUpdate();
            }
        }
    }

    private void update(Connection connection, String sql, int bit, List<EntityKey> keys)
            throws SQLException {
        if (keys.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setShort(1, (short) bit);
            statement.setArray(
                    2, connection.createArrayOf(table.key().type().element(), texts(keys)));
            statement.executeUpdate();
        }
    }

    private static String[] texts(Collection<EntityKey> keys) {
        return keys.stream().map(EntityKey::text).toArray(String[]::new);
    }

    private String sql(String template) {
        String cleared =
                table.columns().stream()
                        .filter(column -> !column.equals(table.key()))
                        .map(column -> column.quoted() + " = NULL, ")
                        .collect(Collectors.joining());
        return template.strip()
                .replace("${table}", table.quoted())
                .replace("${keys}", table.key().type().element())
                .replace("${key}", table.key().quoted())
                .replace("${cleared}", cleared)
                .replace("${unsettled}", moves.fromOwnedRows() ? "now()" : "NULL");
    }
}
