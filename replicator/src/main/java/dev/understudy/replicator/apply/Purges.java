package dev.understudy.replicator.apply;

import dev.understudy.schemas.event.Decoded;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The null records of a batch. One that a change of its entity follows names a marker that is none
 * any more, and is left alone.
 */
final class Purges {
    private final Map<EntityType, List<EntityKey>> keys = new LinkedHashMap<>();
    private final List<Pending> records = new ArrayList<>();

    private Purges() {}

    static Purges of(List<Pending> batch) {
        Purges purges = new Purges();
        Set<EntityId> changedLater = new HashSet<>();
        for (Pending pending : batch.reversed()) {
            switch (pending.decoded()) {
                case Decoded.Purged(EntityType type, EntityKey key) -> {
                    if (pending.settled() == null) {
                        purges.records.add(pending);
                        if (!changedLater.contains(new EntityId(type, key))) {
                            purges.keys.computeIfAbsent(type, _ -> new ArrayList<>()).add(key);
                        }
                    }
                }
                case Decoded.Change(var event) ->
                        changedLater.add(new EntityId(event.type(), event.key()));
                case Decoded.Poison _ -> {}
                case null -> {}
            }
        }
        return purges;
    }

    /** Settles the records; throws what the store throws, and then settles none. */
    void carryOut(Replica.Purge purge) {
        keys.forEach(purge::purged);
        records.forEach(record -> record.settled(new Settled.Purged()));
    }
}
