package dev.understudy.instance.write;

import dev.understudy.schemas.model.EntityContent;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.EntityStore;
import dev.understudy.store.RecordState;
import dev.understudy.store.RowRefusedException;
import dev.understudy.store.StoreException;
import dev.understudy.store.StoreTransaction;
import dev.understudy.store.postgres.AliasReferences;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the references of owned rows from a placeholder's provisional key to the entity that has
 * come under its own: each an ordinary write of the owner, with a version and an event. Any number
 * of processes may do so at once.
 */
@Singleton
final class ReferenceMover {
    private static final Logger LOG = LoggerFactory.getLogger(ReferenceMover.class);
    private static final int ALIASES = 100;
    private static final int ROWS_PER_TRANSACTION = 100;
    private static final int MAX_KEPT = 1000;

    private final AliasReferences references;
    private final EntityStore store;
    private final ChangePublication publication;
    private final Clock clock;
    private final Set<EntityId> kept = ConcurrentHashMap.newKeySet();

    ReferenceMover(
            AliasReferences references,
            EntityStore store,
            ChangePublication publication,
            Clock clock) {
        this.references = references;
        this.store = store;
        this.publication = publication;
        this.clock = clock;
    }

    /** Moves what there is to move; what fails is tried again the next time. */
    @Scheduled(fixedDelay = "1s", initialDelay = "1s")
    void move() {
        try {
            references.unsettled(ALIASES + kept.size()).forEach(this::moveAll);
        } catch (StoreException e) {
            LOG.debug("references are moved later: {}", e.getMessage());
        }
    }

    private void moveAll(EntityId alias) {
        try {
            List<EntityId> referrers = referrers(alias);
            while (!referrers.isEmpty()) {
                move(referrers);
                referrers = referrers(alias);
            }
            if (references.referrers(alias, 1).isEmpty()) {
                references.settled(alias);
            }
        } catch (StoreException e) {
            LOG.debug("references to {} are moved later: {}", alias, e.getMessage());
        }
    }

    /** Without those that are known to keep their reference. */
    private List<EntityId> referrers(EntityId alias) {
        return references.referrers(alias, ROWS_PER_TRANSACTION + kept.size()).stream()
                .filter(id -> !kept.contains(id))
                .limit(ROWS_PER_TRANSACTION)
                .toList();
    }

    private int move(List<EntityId> referrers) {
        try {
            return store.write(transaction -> {
                int moved = 0;
                for (EntityId id : referrers) {
                    moved += move(transaction, id);
                }
                return moved;
            });
        } catch (RowRefusedException e) {
            return referrers.size() == 1 ? keeps(referrers.getFirst(), e) : oneByOne(referrers);
        }
    }

    private int oneByOne(List<EntityId> referrers) {
        return referrers.stream().mapToInt(id -> move(List.of(id))).sum();
    }

    /** Its reference is part of an alternate key that another row has. It goes on to the alias. */
    private int keeps(EntityId id, RowRefusedException why) {
        if (kept.size() >= MAX_KEPT) {
            kept.clear();
        }
        kept.add(id);
        LOG.warn("{} keeps its reference to a provisional key: {}", id, why.getMessage());
        return 0;
    }

    private int move(StoreTransaction transaction, EntityId id) {
        EntityRow row =
                transaction
                        .lock(id)
                        .filter(locked -> locked.state() == RecordState.HYDRATED)
                        .orElse(null);
        if (row == null) {
            return 0;
        }
        EntityContent content = transaction.withoutAliases(row.content());
        if (content.equals(row.content())) {
            return 0;
        }
        EntityRow moved =
                new EntityRow(
                        content,
                        RecordState.HYDRATED,
                        row.version().next(),
                        clock.instant().truncatedTo(ChronoUnit.MICROS));
        transaction.save(moved);
        publication.publish(transaction, moved, content, Optional.empty());
        return 1;
    }
}
