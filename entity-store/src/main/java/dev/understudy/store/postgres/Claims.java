package dev.understudy.store.postgres;

import dev.understudy.schemas.UnderstudyException;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.AlternateId;
import dev.understudy.store.EntityId;
import dev.understudy.store.StoreException;
import dev.understudy.store.postgres.ReferenceMoves.Ownership;
import dev.understudy.store.postgres.ReferenceMoves.Referring;
import dev.understudy.store.sql.SqlFailure;
import dev.understudy.store.sql.Statements;
import dev.understudy.store.table.Column;
import dev.understudy.store.table.Table;
import dev.understudy.store.table.Tables;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who holds which alternate key, over all types. A row keeps the values of its latest event even
 * while another one holds them: it is only left out of the unique index, by its {@code _ceded}.
 */
final class Claims {
    /** How many entities may have had one value one after another, each after a placeholder. */
    private static final int MAX_GENERATIONS = 64;

    private final Map<String, TypeClaims> byType = new HashMap<>();

    private final Set<String> indexes = new HashSet<>();

    Claims(Tables tables, Catalog catalog, String instance) {
        for (Table table : tables.all()) {
            if (!table.alternateKeys().isEmpty()) {
                table.alternateKeys().forEach(key -> indexes.add(key.indexName(table)));
                List<Referring> referring = referring(tables, catalog, instance, table);
                byType.put(
                        table.type().fullName(),
                        new TypeClaims(table, new ReferenceMoves(table, referring)));
            }
        }
    }

    /** Whether this is the violation of an alternate key that is known here. */
    boolean areTaken(SQLException failure) {
        return "23505".equals(SqlFailure.state(failure))
                && SqlFailure.constraint(failure).filter(indexes::contains).isPresent();
    }

    /** Null for a type that has no alternate keys. */
    @Nullable TypeClaims of(EntityType type) {
        return byType.get(type.fullName());
    }

    /** The entities that have these alternate keys. */
    Map<AlternateId, EntityId> holders(Connection connection, Collection<AlternateId> ids)
            throws SQLException {
        Map<AlternateId, EntityId> holders = new HashMap<>();
        for (Asked asked : asked(ids)) {
            asked.rows()
                    .holders(connection, asked.ids())
                    .forEach((id, key) -> holders.put(id, new EntityId(id.type(), key)));
        }
        return holders;
    }

    /**
     * The same, held until the end of the transaction, with a placeholder for each that there was
     * none of and whose key can be derived.
     */
    Map<AlternateId, EntityId> resolve(Connection connection, Collection<AlternateId> ids)
            throws SQLException {
        Map<AlternateId, EntityId> resolved = new HashMap<>();
        for (Asked asked : asked(ids)) {
            resolve(connection, asked)
                    .forEach((id, key) -> resolved.put(id, new EntityId(id.type(), key)));
        }
        return resolved;
    }

    private static Map<AlternateId, EntityKey> resolve(Connection connection, Asked asked)
            throws SQLException {
        Map<AlternateId, EntityKey> resolved =
                new HashMap<>(asked.rows().heldHolders(connection, asked.ids()));
        for (int generation = 0; generation < MAX_GENERATIONS; generation++) {
            TreeMap<EntityKey, AlternateId> missing = new TreeMap<>();
            for (AlternateId id : asked.ids()) {
                if (!resolved.containsKey(id)) {
                    id.provisionalKey(generation).ifPresent(key -> missing.put(key, id));
                }
            }
            if (missing.isEmpty()) {
                return resolved;
            }
            List<AlternateId> ids = List.copyOf(missing.values());
            asked.rows().place(connection, ids, List.copyOf(missing.keySet()));
            // A statement of its own also sees what others have committed meanwhile. What it does
            // not find has an alias for its provisional key, from an earlier life of these values.
            resolved.putAll(asked.rows().heldHolders(connection, ids));
        }
        throw new StoreException(
                UnderstudyException.Severity.FATAL,
                "more than %d placeholders for one of %s have become aliases"
                        .formatted(MAX_GENERATIONS, asked.ids()),
                null);
    }

    /** Alternate IDs of one key of one type. */
    private record Asked(AlternateRows rows, List<AlternateId> ids) {}

    private List<Asked> asked(Collection<AlternateId> ids) {
        Map<AlternateRows, List<AlternateId>> byKey = new LinkedHashMap<>();
        for (AlternateId id : new LinkedHashSet<>(ids)) {
            TypeClaims claims = of(id.type());
            if (claims == null) {
                throw new IllegalStateException(id + " of a type that is not in the catalog");
            }
            int number = id.type().alternateKeys().indexOf(id.key());
            byKey.computeIfAbsent(claims.alternateKeys().get(number), _ -> new ArrayList<>())
                    .add(id);
        }
        return byKey.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().name()))
                .map(entry -> new Asked(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** The same rows, ceding what is taken. */
    List<StoredRow> cedingWhatIsTaken(Connection connection, EntityType type, List<StoredRow> rows)
            throws SQLException {
        TypeClaims claims = of(type);
        return claims == null ? rows : claims.cedingWhatIsTaken(connection, rows);
    }

    /**
     * Gives every ceded value of these types to the row that is to hold it. To be asked whenever
     * rows were stored: one that let go of a value may not have known who waits for it.
     *
     * @return what has changed
     */
    Settled settle(Connection connection, Ceding ceding) throws SQLException {
        Map<EntityId, Duration> waited = new HashMap<>();
        Set<EntityId> ceded = new HashSet<>();
        Deque<TypeAndClaims> unsettled = new ArrayDeque<>(ceding.types());
        while (!unsettled.isEmpty()) {
            TypeAndClaims next = unsettled.removeFirst();
            Map<EntityKey, Duration> waitedOfType = new HashMap<>();
            List<EntityKey> cededOfType = new ArrayList<>();
            for (Table table : next.claims().settle(connection, waitedOfType, cededOfType)) {
                with(table.type()).forEach(unsettled::addLast);
            }
            waitedOfType.forEach((key, age) -> waited.put(new EntityId(next.type(), key), age));
            cededOfType.forEach(key -> ceded.add(new EntityId(next.type(), key)));
        }
        return new Settled(waited, ceded);
    }

    /** The same of all types of these that have rows that cede. */
    Settled settle(Connection connection, Collection<EntityType> types) throws SQLException {
        Statements statements = new Statements(connection);
        Ceding ceding = ceding(statements, types);
        statements.flush();
        return settle(connection, ceding);
    }

    /**
     * What settling did.
     *
     * @param waited how long their placeholders waited, of the entities that have come for one
     * @param ceded who does not hold a value any more
     */
    record Settled(Map<EntityId, Duration> waited, Set<EntityId> ceded) {}

    record TypeAndClaims(EntityType type, TypeClaims claims) {}

    private List<TypeAndClaims> with(EntityType type) {
        TypeClaims claims = of(type);
        return claims == null ? List.of() : List.of(new TypeAndClaims(type, claims));
    }

    /** Asks, with what is queued, which of these types have rows that cede. */
    Ceding ceding(Statements statements, Collection<EntityType> types) {
        List<TypeAndClaims> asked = types.stream().flatMap(type -> with(type).stream()).toList();
        List<TypeAndClaims> ceding = new ArrayList<>();
        if (!asked.isEmpty()) {
            String sql =
                    asked.stream()
                            .map(each -> "(" + each.claims().anyCeded() + ")")
                            .collect(Collectors.joining(", ", "SELECT ", ""));
            statements.queue(
                    sql,
                    row -> {
                        row.next();
                        for (int i = 0; i < asked.size(); i++) {
                            if (row.getObject(i + 1) != null) {
                                ceding.add(asked.get(i));
                            }
                        }
                    });
        }
        return new Ceding(ceding);
    }

    /** The types that have rows that cede, once it is known. */
    record Ceding(List<TypeAndClaims> types) {
        boolean isNone() {
            return types.isEmpty();
        }
    }

    private static List<Referring> referring(
            Tables tables, Catalog catalog, String instance, Table target) {
        List<Referring> referring = new ArrayList<>();
        for (CatalogEntry entry : catalog.entries()) {
            Table table = tables.of(entry.type());
            Ownership ownership =
                    entry.owner().equals(instance) ? Ownership.OWNED : Ownership.REPLICATED;
            for (Column reference : table.references()) {
                if (catalog.target(reference.field()).equals(target.type())) {
                    referring.add(new Referring(table, reference, ownership));
                }
            }
        }
        return referring;
    }
}
