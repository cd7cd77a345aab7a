package dev.understudy.store.postgres;

import dev.understudy.schemas.UnderstudyException;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.AlternateId;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.RecordState;
import dev.understudy.store.RowRefusedException;
import dev.understudy.store.StoreException;
import dev.understudy.store.StoreTransaction;
import dev.understudy.store.purge.VersionFloors;
import dev.understudy.store.sql.LostRaceException;
import dev.understudy.store.sql.SqlFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A write path's transaction on one connection, in READ COMMITTED. */
final class PostgresTransaction implements StoreTransaction {
    private static final String EMIT = "SELECT pg_logical_emit_message(true, ?::text, ?::bytea)";

    private static final String UNIQUE_VIOLATION = "23505";

    private final Connection connection;
    private final AllRows rows;
    private final Aliases aliases;
    private final Claims claims;
    private final Care care;

    PostgresTransaction(
            Connection connection, AllRows rows, Aliases aliases, Claims claims, Care care) {
        this.connection = connection;
        this.rows = rows;
        this.aliases = aliases;
        this.claims = claims;
        this.care = care;
    }

    /** Whether an earlier attempt of the transaction met an alternate key that is taken. */
    static final class Care {
        private boolean wanted;
    }

    @Override
    public Optional<EntityRow> lock(EntityId id) {
        return run("lock " + id, () -> rows.of(id.type()).lock(connection, id.key()));
    }

    @Override
    public Version floor(EntityType type) {
        return run(
                "read the version floor of " + type,
                () -> VersionFloors.of(connection, type.fullName()));
    }

    @Override
    public Map<EntityId, RecordState> place(Collection<EntityId> ids) {
        return run(
                "place placeholders",
                () -> {
                    Map<EntityId, RecordState> states =
                            new HashMap<>(rows.heldStates(connection, ids));
                    List<EntityId> missing =
                            ids.stream().filter(id -> !states.containsKey(id)).toList();
                    if (!missing.isEmpty()) {
                        rows.place(connection, missing);
                        // A statement of its own also sees what others have committed meanwhile.
                        states.putAll(rows.heldStates(connection, missing));
                    }
                    return withoutAliases(states);
                });
    }

    @Override
    public Map<EntityId, RecordState> states(Collection<EntityId> ids) {
        return run("read record states", () -> withoutAliases(rows.heldStates(connection, ids)));
    }

    /**
     * Whoever still refers to an alias looked before its entity came: the next attempt will not.
     */
    private static Map<EntityId, RecordState> withoutAliases(Map<EntityId, RecordState> states) {
        states.forEach((id, state) -> {
            if (state == RecordState.ALIAS) {
                throw new LostRaceException(id + " has become an alias", null);
            }
        });
        return states;
    }

    @Override
    public Map<AlternateId, EntityId> resolve(Collection<AlternateId> ids) {
        try {
            Map<AlternateId, AlternateId> meant = aliases.meant(connection, ids);
            Map<AlternateId, EntityId> resolved = claims.resolve(connection, meant.values());
            Map<AlternateId, EntityId> asked = HashMap.newHashMap(meant.size());
            meant.forEach((id, other) -> {
                EntityId found = resolved.get(other);
                if (found != null) {
                    asked.put(id, found);
                }
            });
            return asked;
        } catch (SQLException e) {
            if (claims.areTaken(e)) {
                throw new LostRaceException("an entity with the alternate key has come", e);
            }
            throw fault("resolve alternate keys", e);
        }
    }

    @Override
    public EntityContent withoutAliases(EntityContent content) {
        return run("look up aliases", () -> aliases.replaced(connection, content));
    }

    @Override
    public void save(EntityRow row) {
        StoredRow stored = StoredRow.owned(row);
        Map<EntityKey, Upsert.Stored> saved;
        try {
            saved = care.wanted ? saveCarefully(stored) : upsert(stored);
        } catch (SQLException e) {
            if (claims.areTaken(e)) {
                care.wanted = true;
                throw new LostRaceException("an alternate key is taken", e);
            }
            if (SqlFailure.of(e) == SqlFailure.REFUSED) {
                throw new RowRefusedException(SqlFailure.state(e), SqlFailure.message(e), e);
            }
            throw fault("save " + row.id(), e);
        }
        if (saved.isEmpty()) {
            throw new LostRaceException(
                    "%s has version %d or a higher one by now"
                            .formatted(row.id(), row.version().number()),
                    null);
        }
    }

    private Map<EntityKey, Upsert.Stored> upsert(StoredRow row) throws SQLException {
        return rows.of(row.content().type()).upsert().run(connection, List.of(row));
    }

    /** What holds one of the row's alternate keys must be a placeholder that was made for it. */
    private Map<EntityKey, Upsert.Stored> saveCarefully(StoredRow row) throws SQLException {
        EntityType type = row.content().type();
        List<AlternateId> ids = AlternateIds.of(row.content());
        Map<AlternateId, EntityId> holders = claims.holders(connection, ids);
        Map<EntityId, RecordState> states = rows.states(connection, holders.values());
        for (Map.Entry<AlternateId, EntityId> holder : holders.entrySet()) {
            if (!holder.getValue().key().equals(row.key())
                    && states.get(holder.getValue()) == RecordState.HYDRATED) {
                throw new RowRefusedException(
                        UNIQUE_VIOLATION, "there is another " + holder.getKey(), null);
            }
        }
        List<StoredRow> ceding = claims.cedingWhatIsTaken(connection, type, List.of(row));
        Map<EntityKey, Upsert.Stored> saved = upsert(ceding.getFirst());
        EntityId id = new EntityId(type, row.key());
        boolean othersCeded = !claims.settle(connection, List.of(type)).ceded().isEmpty();
        boolean holdsAll = claims.holders(connection, ids).values().stream().allMatch(id::equals);
        if (othersCeded || !holdsAll) {
            // Owned rows never cede: somebody came to hold a value after it was looked at.
            throw new LostRaceException("an alternate key of " + id + " was taken", null);
        }
        return saved;
    }

    @Override
    public void emit(String prefix, byte[] message) {
        run(
                "emit a message",
                () -> {
                    try (PreparedStatement statement = connection.prepareStatement(EMIT)) {
                        statement.setString(1, prefix);
                        statement.setBytes(2, message);
                        return statement.execute();
                    }
                });
    }

    /** What a method does. */
    @FunctionalInterface
    private interface Statements<T> {
        T run() throws SQLException;
    }

    private static <T> T run(String doing, Statements<T> statements) {
        try {
            return statements.run();
        } catch (SQLException e) {
            throw fault(doing, e);
        }
    }

    private static UnderstudyException fault(String doing, SQLException failure) {
        if (SqlFailure.of(failure) == SqlFailure.REFUSED) {
            return new RowRefusedException(
                    SqlFailure.state(failure), SqlFailure.message(failure), failure);
        }
        StoreException fault = SqlFailure.fault(doing, failure);
        return SqlFailure.of(failure) == SqlFailure.CONFLICT
                ? new LostRaceException(String.valueOf(fault.getMessage()), failure)
                : fault;
    }
}
