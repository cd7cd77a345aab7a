package dev.understudy.store.postgres;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.store.Outcome;
import dev.understudy.store.postgres.Batch.Change;
import dev.understudy.store.postgres.Mode.Claiming;
import dev.understudy.store.sql.LostRaceException;
import dev.understudy.store.sql.ProgramLimit;
import dev.understudy.store.sql.SqlFailure;
import dev.understudy.store.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Applies a batch's changes inside a transaction of the caller's. */
final class BatchApply {
    private final Catalog catalog;
    private final AllRows rows;
    private final Claims claims;
    private final Foresight foresight;

    private final int copiedRows;

    BatchApply(Catalog catalog, AllRows rows, Claims claims, Foresight foresight, int copiedRows) {
        this.catalog = catalog;
        this.rows = rows;
        this.claims = claims;
        this.foresight = foresight;
        this.copiedRows = copiedRows;
    }

    /**
     * All changes at once.
     *
     * @return outcomes by the index of the event; empty if so much was missing that it was placed
     *     instead, to be committed before the changes are stored
     * @throws SQLException if the database refuses any of them
     */
    Optional<Map<Integer, Outcome>> all(Statements statements, List<Change> changes, Mode mode)
            throws SQLException {
        try {
            int copiedFrom =
                    mode.claiming() == Claiming.OPTIMISTIC ? copiedRows : Integer.MAX_VALUE;
            return new BatchAttempt(catalog, rows, claims, foresight, statements, mode)
                    .store(changes, copiedFrom);
        } catch (SQLException e) {
            if (mode.claiming() == Claiming.CAREFUL && claims.areTaken(e)) {
                throw new LostRaceException("somebody else came to hold an alternate key", e);
            }
            throw e;
        }
    }

    /** All changes that the database takes; those that it does not are found by halving. */
    Map<Integer, Outcome> isolating(Statements statements, List<Change> changes)
            throws SQLException {
        if (changes.isEmpty()) {
            return Map.of();
        }
        Connection connection = statements.connection();
        Savepoint before = connection.setSavepoint();
        try {
            Map<Integer, Outcome> outcomes = all(statements, changes, Mode.CAREFUL).orElseThrow();
            connection.releaseSavepoint(before);
            return outcomes;
        } catch (SQLException e) {
            if (SqlFailure.of(e) != SqlFailure.REFUSED) {
                throw e;
            }
            connection.rollback(before);
            ProgramLimit.requireWritable(connection, e);
            connection.releaseSavepoint(before);
            if (changes.size() == 1) {
                return refused(statements, changes.getFirst(), e);
            }
        }
        int half = changes.size() / 2;
        Map<Integer, Outcome> outcomes =
                new HashMap<>(isolating(statements, changes.subList(0, half)));
        outcomes.putAll(isolating(statements, changes.subList(half, changes.size())));
        return outcomes;
    }

    /** What this one had superseded gets its turn. */
    private Map<Integer, Outcome> refused(Statements statements, Change change, SQLException why)
            throws SQLException {
        Map<Integer, Outcome> outcomes = new HashMap<>();
        outcomes.put(
                change.index(),
                new Outcome.Refused(SqlFailure.state(why), SqlFailure.message(why)));
        List<Change> superseded = change.superseded();
        if (!superseded.isEmpty()) {
            Change next =
                    superseded.getFirst().superseding(superseded.subList(1, superseded.size()));
            outcomes.putAll(isolating(statements, List.of(next)));
        }
        return outcomes;
    }
}
