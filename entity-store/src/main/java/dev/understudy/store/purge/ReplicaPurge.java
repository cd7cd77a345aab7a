package dev.understudy.store.purge;

import dev.understudy.schemas.event.Position;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.StoreOptions;
import dev.understudy.store.sql.SqlFailure;
import dev.understudy.store.sql.Transactions;
import dev.understudy.store.table.Tables;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/**
 * A replica's purge: of exactly what its owner says it has purged. The floor of positions rises in
 * the same transaction, below which {@link Echoes} are told from news. Thread-safe.
 */
public final class ReplicaPurge {
    private final Tables tables;
    private final Transactions transactions;

    public ReplicaPurge(DataSource dataSource, Catalog catalog) {
        this.tables = new Tables(catalog);
        this.transactions =
                new Transactions(dataSource, StoreOptions.defaults(), ThreadLocalRandom::current);
    }

    /**
     * A marker that the owner has removed.
     *
     * @param version of its deletion; a marker of a later one stays
     */
    public record Purged(EntityKey key, Version version) {}

    /**
     * Removes the markers among these that nothing refers to; rows that are no markers stay.
     *
     * @param complete up to which position everything that the owner committed has been applied
     *     here, of all partitions; markers of later deletions stay, since an event that has not
     *     come yet would be taken for an echo
     * @return how many were removed
     */
    public int purged(EntityType type, Collection<Purged> purged, Position complete) {
        Markers markers = new Markers(tables.of(type));
        String doing = "purge markers of " + type;
        try {
            return transactions.run(
                    doing,
                    connection -> {
                        Floor.holdOff(connection);
                        List<EntityKey> locked = markers.lock(connection, purged, complete);
                        List<Markers.Removed> removed = markers.remove(connection, locked);
                        if (!removed.isEmpty()) {
                            Floor.raise(connection, type.fullName(), removed);
                        }
                        return removed.size();
                    });
        } catch (SQLException e) {
            throw SqlFailure.fault(doing, e);
        }
    }
}
