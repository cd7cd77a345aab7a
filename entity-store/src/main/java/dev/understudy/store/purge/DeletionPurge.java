package dev.understudy.store.purge;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityId;
import dev.understudy.store.StoreOptions;
import dev.understudy.store.sql.SqlFailure;
import dev.understudy.store.sql.Transactions;
import dev.understudy.store.table.Table;
import dev.understudy.store.table.Tables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/**
 * The owner's purge of old deletion markers. A marker goes when every registered target is complete
 * as of a time at which it had been committed, and nothing refers to it; the version floor of its
 * type rises in the same transaction. Thread-safe.
 */
public final class DeletionPurge {
    private static final String EMIT = "SELECT pg_logical_emit_message(true, ?::text, ?::bytea)";

    private final Tables tables;
    private final Transactions transactions;
    private final PurgedKeys purgedKeys;
    private final Clock clock;
    private final PurgeOptions options;

    /**
     * @param clock the one that also stamps the heartbeats which targets are complete as of
     */
    public DeletionPurge(
            DataSource dataSource,
            Catalog catalog,
            PurgedKeys purgedKeys,
            Clock clock,
            PurgeOptions options) {
        this.tables = new Tables(catalog);
        this.transactions =
                new Transactions(dataSource, StoreOptions.defaults(), ThreadLocalRandom::current);
        this.purgedKeys = purgedKeys;
        this.clock = clock;
        this.options = options;
    }

    /**
     * Purges an owned type. Markers are nominated by one call and removed by a later one, since
     * what a target was complete as of is always in the past.
     *
     * @param targets all that are registered, each with how far it is
     */
    public PurgeOutcome purge(EntityType type, List<TargetProgress> targets) {
        Table table = tables.of(type);
        Nominees nominees = new Nominees(table, clock);
        nominate(type, nominees);
        if (targets.isEmpty()) {
            return new PurgeOutcome.Refused(
                    "no target of %s is registered: nobody can say who needs its deletions"
                            .formatted(type));
        }
        Instant upTo = Instant.MAX;
        for (TargetProgress target : targets) {
            Instant completeAsOf = target.completeAsOf();
            if (completeAsOf == null) {
                return new PurgeOutcome.Refused(
                        "it is not known how far target '%s' is".formatted(target.target()));
            }
            upTo = completeAsOf.isBefore(upTo) ? completeAsOf : upTo;
        }
        return purge(type, nominees, upTo);
    }

    private void nominate(EntityType type, Nominees nominees) {
        Instant before = clock.instant().minus(options.retention());
        int nominated;
        do {
            nominated =
                    run(
                            "nominate markers of " + type,
                            connection -> nominees.nominate(connection, before, options.batch()));
        } while (nominated == options.batch());
    }

    private PurgeOutcome purge(EntityType type, Nominees nominees, Instant upTo) {
        Markers markers = new Markers(tables.of(type));
        long removed = 0;
        long referred = 0;
        String after = "";
        List<EntityKey> locked;
        do {
            String from = after;
            Batch batch =
                    run(
                            "purge markers of " + type,
                            connection -> {
                                Floor.holdOff(connection);
                                List<EntityKey> keys =
                                        markers.lockNominated(
                                                connection, upTo, from, options.batch());
                                return new Batch(keys, remove(connection, type, markers, keys));
                            });
            locked = batch.locked();
            removed += batch.removed();
            referred += locked.size() - batch.removed();
            after = locked.isEmpty() ? after : locked.getLast().text();
        } while (!locked.isEmpty());
        long waiting =
                run(
                        "count markers of " + type,
                        connection -> {
                            nominees.forgetOthers(connection);
                            return nominees.seenAfter(connection, upTo);
                        });
        return new PurgeOutcome.Done(removed, referred, waiting);
    }

    private record Batch(List<EntityKey> locked, int removed) {}

    private int remove(
            Connection connection, EntityType type, Markers markers, List<EntityKey> locked)
            throws SQLException {
        List<Markers.Removed> removed = markers.remove(connection, locked);
        if (!removed.isEmpty()) {
            Floor.raise(connection, type.fullName(), removed);
            purgedKeys.purged(
                    removed.stream().map(marker -> new EntityId(type, marker.key())).toList(),
                    (prefix, message) -> emit(connection, prefix, message));
        }
        return removed.size();
    }

    private static void emit(Connection connection, String prefix, byte[] message) {
        try (PreparedStatement statement = connection.prepareStatement(EMIT)) {
            statement.setString(1, prefix);
            statement.setBytes(2, message);
            statement.execute();
        } catch (SQLException e) {
            throw SqlFailure.fault("emit a message", e);
        }
    }

    private <T> T run(String doing, Transactions.Work<T> work) {
        try {
            return transactions.run(doing, work);
        } catch (SQLException e) {
            throw SqlFailure.fault(doing, e);
        }
    }
}
