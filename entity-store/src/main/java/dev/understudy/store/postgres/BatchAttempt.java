package dev.understudy.store.postgres;

import dev.understudy.schemas.event.Position;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.AlternateId;
import dev.understudy.store.EntityId;
import dev.understudy.store.Outcome;
import dev.understudy.store.RecordState;
import dev.understudy.store.postgres.Batch.Change;
import dev.understudy.store.postgres.Mode.Referring;
import dev.understudy.store.postgres.Upsert.Sending;
import dev.understudy.store.purge.Echoes;
import dev.understudy.store.sql.LostRaceException;
import dev.understudy.store.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to store changes in a transaction. Rows and missing placeholders of a type go in one
 * statement, types and keys sorted: one order for whatever a batch inserts or locks, so that two
 * batches that miss each other's rows do not deadlock.
 */
final class BatchAttempt {
    /**
     * Here and not in the commit, so that an error can still be told apart and isolated; also where
     * only constraints that are not ours are deferred.
     */
    private static final String IMMEDIATE = "SET CONSTRAINTS ALL IMMEDIATE";

    private final Catalog catalog;
    private final AllRows rows;
    private final Claims claims;
    private final Foresight foresight;
    private final Statements statements;
    private final Mode mode;
    private final Set<EntityType> copied = new HashSet<>();
    private final Map<Integer, Outcome> outcomes = new HashMap<>();
    private final Set<EntityId> placedByOthers = new HashSet<>();

    BatchAttempt(
            Catalog catalog,
            AllRows rows,
            Claims claims,
            Foresight foresight,
            Statements statements,
            Mode mode) {
        this.catalog = catalog;
        this.rows = rows;
        this.claims = claims;
        this.foresight = foresight;
        this.statements = statements;
        this.mode = mode;
    }

    /** A row to be stored, with the event that says so; a placeholder has none. */
    private record Line(EntityId id, StoredRow row, @Nullable Change change) {}

    /**
     * Stores changes; those of a type are copied if there are so many.
     *
     * @return outcomes by the index of the event; empty if what is missing was placed instead
     */
    Optional<Map<Integer, Outcome>> store(List<Change> given, int copiedFrom) throws SQLException {
        Map<EntityType, List<Change>> givenByType = byType(given, Change::id);
        boolean refers =
                givenByType.keySet().stream().anyMatch(type -> !type.references().isEmpty());
        if (refers) {
            statements.queue("SET CONSTRAINTS ALL DEFERRED");
        }
        Echoes echoes = Echoes.of(statements, positioned(given));
        Outside outside = Outside.of(statements, rows, catalog, given, mode.referring());
        prepareCopies(givenByType, copiedFrom);
        statements.flush();

        List<Change> changes = given;
        if (!echoes.areNone()) {
            changes = without(echoes, given);
            if (changes.size() < given.size()) {
                outside = Outside.of(statements, rows, catalog, changes, Referring.CAREFUL);
            }
        }
        List<EntityId> missing = missing(outside);
        if (mode.referring() == Referring.LOOKING && foresight.areMany(missing.size())) {
            placeInstead(missing);
            return Optional.empty();
        }
        List<Line> lines = lines(changes, outside, missing);
        Map<EntityType, List<Line>> byType = byType(lines, Line::id);
        for (Map.Entry<EntityType, List<Line>> some : byType.entrySet()) {
            upsert(some.getKey(), some.getValue());
        }
        Claims.Ceding ceding = claims.ceding(statements, byType.keySet());
        Connection connection = statements.connection();
        if (!ceding.isNone()) {
            hydrated(changes, claims.settle(connection, ceding).waited());
        }
        statements.queue(IMMEDIATE);
        statements.flush();
        requireNoAliases();
        given.forEach(change -> outcomes.putIfAbsent(change.index(), new Outcome.Stale()));
        return Optional.of(outcomes);
    }

    /** The types of what a purge may have gone past. */
    private static Set<String> positioned(List<Change> changes) {
        return changes.stream()
                .filter(change -> change.row().position() != null)
                .map(change -> change.id().type().fullName())
                .collect(Collectors.toSet());
    }

    private void prepareCopies(Map<EntityType, List<Change>> byType, int copiedFrom) {
        byType.forEach((type, changes) -> {
            if (changes.size() >= copiedFrom) {
                rows.of(type).upsert().prepare(statements, () -> copied.add(type));
            }
        });
    }

    /** Without what comes again from before a purge, and would make anew what was purged. */
    private List<Change> without(Echoes echoes, List<Change> changes) throws SQLException {
        Set<EntityId> suspected = new HashSet<>();
        for (Change change : changes) {
            Position position = change.row().position();
            if (position != null && echoes.suspects(change.id().type().fullName(), position)) {
                suspected.add(change.id());
            }
        }
        if (suspected.isEmpty()) {
            return changes;
        }
        rows.states(statements.connection(), suspected)
                .forEach((id, state) -> {
                    if (state == RecordState.HYDRATED || state == RecordState.DELETED) {
                        suspected.remove(id);
                    }
                });
        return changes.stream().filter(change -> !suspected.contains(change.id())).toList();
    }

    /** The changes' rows and the missing placeholders, in the order of locking. */
    private List<Line> lines(List<Change> changes, Outside outside, List<EntityId> missing)
            throws SQLException {
        List<EntityId> aliased = outside.aliases();
        Map<EntityId, EntityId> aliases =
                aliased.isEmpty() ? Map.of() : rows.aliases(statements.connection(), aliased);
        missing.stream()
                .filter(id -> AlternateId.mayBeProvisional(id.key()))
                .forEach(placedByOthers::add);
        List<Line> lines = new ArrayList<>(changes.size() + missing.size());
        for (Change change : changes) {
            lines.add(new Line(change.id(), withoutAliases(change.row(), aliases), change));
        }
        if (!missing.isEmpty()) {
            missing.forEach(id -> lines.add(new Line(id, StoredRow.placeholder(id), null)));
            lines.sort(Comparator.comparing(Line::id));
        }
        return lines;
    }

    private List<EntityId> missing(Outside outside) throws SQLException {
        statements.flush();
        List<EntityId> missing = outside.missing();
        if (!missing.isEmpty()) {
            foresight.missing();
        } else if (mode.referring().looks()) {
            foresight.nothingMissing();
        }
        return missing;
    }

    /**
     * Committed before the rows that refer to them are stored, so that nobody else who misses the
     * same has to wait for those. This waits for no disk: the rows' commit comes later in the same
     * log.
     */
    private void placeInstead(List<EntityId> missing) throws SQLException {
        statements.queue("SET LOCAL synchronous_commit = off");
        rows.place(statements, missing);
        statements.queue(IMMEDIATE);
    }

    private StoredRow withoutAliases(StoredRow row, Map<EntityId, EntityId> aliases) {
        return aliases.isEmpty()
                ? row
                : row.with(References.replaced(catalog, row.content(), aliases));
    }

    private void upsert(EntityType type, List<Line> lines) throws SQLException {
        List<StoredRow> given = lines.stream().map(Line::row).toList();
        List<StoredRow> ofType =
                switch (mode.claiming()) {
                    case OPTIMISTIC -> given;
                    case CAREFUL -> claims.cedingWhatIsTaken(statements.connection(), type, given);
                };
        Sending sending = copied.contains(type) ? Sending.COPIED : Sending.BOUND;
        rows.of(type).upsert().run(statements, ofType, sending, new StoredLines(lines));
    }

    /** Notes the outcomes of lines. */
    private final class StoredLines implements Upsert.Stored {
        private final List<Line> lines;

        private StoredLines(List<Line> lines) {
            this.lines = lines;
        }

        @Override
        public void stored(int index) {
            Line line = lines.get(index);
            Change change = line.change();
            if (change != null) {
                boolean isDeleted = change.row().state() == RecordState.DELETED;
                outcomes.put(
                        change.index(), isDeleted ? new Outcome.Deleted() : new Outcome.Applied());
            } else {
                placedByOthers.remove(line.id());
            }
        }

        @Override
        public void waited(int index, Duration duration) {
            Change change = lines.get(index).change();
            if (change != null) {
                hydrated(change, duration);
            }
        }
    }

    /**
     * What others placed after it was looked for may also have become an alias before it was held:
     * the next attempt refers to its entity.
     */
    private void requireNoAliases() throws SQLException {
        if (!placedByOthers.isEmpty()) {
            rows.states(statements.connection(), placedByOthers)
                    .forEach((id, state) -> {
                        if (state == RecordState.ALIAS) {
                            throw new LostRaceException(id + " has become an alias", null);
                        }
                    });
        }
    }

    /** Those that were applied, and for which a placeholder had waited under another key. */
    private void hydrated(List<Change> changes, Map<EntityId, Duration> waited) {
        for (Change change : changes) {
            Duration duration = waited.get(change.id());
            if (duration != null) {
                hydrated(change, duration);
            }
        }
    }

    private void hydrated(Change change, Duration waited) {
        if (outcomes.get(change.index()) instanceof Outcome.Applied) {
            outcomes.put(change.index(), new Outcome.Hydrated(waited));
        }
    }

    /** What comes in the order of types, by type. */
    private static <T> Map<EntityType, List<T>> byType(List<T> all, Function<T, EntityId> id) {
        Map<EntityType, List<T>> byType = new LinkedHashMap<>();
        for (int from = 0, to; from < all.size(); from = to) {
            EntityType type = id.apply(all.get(from)).type();
            to = from + 1;
            while (to < all.size() && id.apply(all.get(to)).type().equals(type)) {
                to++;
            }
            byType.put(type, all.subList(from, to));
        }
        return byType;
    }
}
