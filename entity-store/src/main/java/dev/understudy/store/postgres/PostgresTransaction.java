package dev.understudy.store.postgres;

import dev.understudy.schemas.UnderstudyException;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
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

    private final Connection connection;
    private final AllRows rows;

    PostgresTransaction(Connection connection, AllRows rows) {
        this.connection = connection;
        this.rows = rows;
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
                    return states;
                });
    }

    @Override
    public Map<EntityId, RecordState> states(Collection<EntityId> ids) {
        return run("read record states", () -> rows.heldStates(connection, ids));
    }

    @Override
    public void save(EntityRow row) {
        StoredRow stored = StoredRow.owned(row);
        Map<EntityKey, Upsert.Stored> saved;
        try {
            saved = rows.of(row.content().type()).upsert().run(connection, List.of(stored));
        } catch (SQLException e) {
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
        StoreException fault = SqlFailure.fault(doing, failure);
        return SqlFailure.of(failure) == SqlFailure.CONFLICT
                ? new LostRaceException(String.valueOf(fault.getMessage()), failure)
                : fault;
    }
}
