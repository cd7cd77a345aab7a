package dev.understudy.instance.digest;

import dev.understudy.instance.snapshot.Republication;
import dev.understudy.schemas.event.Version;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityStore;
import java.time.Clock;
import java.util.Map;

/** An owner's repair of what differs at a replica, with a database that is simulated. */
public final class SimulatedRepairs {
    private final Repair repair;

    public SimulatedRepairs(EntityStore store, Republication republication, Clock clock) {
        this.repair = new Repair(store, republication, clock);
    }

    /**
     * Repairs these.
     *
     * @param seen the versions at the replica
     */
    public void repair(Map<EntityId, Version> seen) {
        var _ =
                repair.repair(
                        seen.entrySet().stream()
                                .map(one -> new Repair.Differing(one.getKey(), one.getValue()))
                                .toList());
    }
}
