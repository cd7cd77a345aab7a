package dev.understudy.store.postgres;

import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.AlternateId;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.RecordState;
import dev.understudy.store.RowRefusedException;
import dev.understudy.store.postgres.Upsert.Sending;
import dev.understudy.store.sql.LostRaceException;
import dev.understudy.store.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** How a write path's transaction stores the instance's own rows. */
final class Saves {
    private static final String UNIQUE_VIOLATION = "23505";

    private final Statements statements;
    private final AllRows rows;
    private final Claims claims;
    private final Care care;

    Saves(Statements statements, AllRows rows, Claims claims, Care care) {
        this.statements = statements;
        this.rows = rows;
        this.claims = claims;
        this.care = care;
    }

    /** Whether an earlier attempt of the transaction met an alternate key that is taken. */
    static final class Care {
        private boolean wanted;

        void want() {
            wanted = true;
        }
    }

    void save(EntityRow row) throws SQLException {
        StoredRow stored = StoredRow.owned(row);
        if (care.wanted) {
            saveCarefully(stored);
        } else {
            upsert(stored.content().type(), List.of(stored));
        }
    }

    /** Rows of different entities, those of a type in one statement. */
    void saveAll(List<EntityRow> all) throws SQLException {
        Map<EntityId, StoredRow> stored = HashMap.newHashMap(all.size());
        for (EntityRow row : all) {
            if (stored.put(row.id(), StoredRow.owned(row)) != null) {
                throw new IllegalStateException(row.id() + " is to be saved twice at once");
            }
        }
        if (care.wanted) {
            for (EntityRow row : all) {
                save(row);
            }
            return;
        }
        for (List<EntityId> some : AllRows.byType(stored.keySet())) {
            List<StoredRow> sorted = new ArrayList<>();
            some.forEach(id -> sorted.add(Objects.requireNonNull(stored.get(id))));
            upsert(some.getFirst().type(), sorted);
        }
    }

    private void upsert(EntityType type, List<StoredRow> all) throws SQLException {
        Set<Integer> saved = new HashSet<>();
        rows.of(type).upsert().run(statements, all, Sending.BOUND, saved::add);
        statements.then(() -> {
            for (int i = 0; i < all.size(); i++) {
                if (!saved.contains(i)) {
                    throw new LostRaceException(
                            "%s '%s' has version %d or a higher one by now"
                                    .formatted(
                                            type,
                                            all.get(i).key().text(),
                                            all.get(i).version().number()),
                            null);
                }
            }
        });
    }

    /** What holds one of the row's alternate keys must be a placeholder that was made for it. */
    private void saveCarefully(StoredRow row) throws SQLException {
        Connection connection = statements.connection();
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
        upsert(type, List.of(claims.cedingWhatIsTaken(connection, type, List.of(row)).getFirst()));
        EntityId id = new EntityId(type, row.key());
        Claims.Ceding ceding = claims.ceding(statements, List.of(type));
        statements.flush();
        boolean othersCeded = !claims.settle(connection, ceding).ceded().isEmpty();
        boolean holdsAll = claims.holders(connection, ids).values().stream().allMatch(id::equals);
        if (othersCeded || !holdsAll) {
            // Owned rows never cede: somebody came to hold a value after it was looked at.
            throw new LostRaceException("an alternate key of " + id + " was taken", null);
        }
    }
}
