package dev.understudy.system.simulation;

import dev.understudy.instance.publishing.SimulatedPublisher;
import dev.understudy.store.EntityId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Two processes of one owner; one that is interrupted does nothing else meanwhile. */
final class Publishers {
    private final World world;
    private final List<SimulatedPublisher> all = new ArrayList<>();
    private final List<SimulatedPublisher> busy = new ArrayList<>();

    Publishers(World world, Supplier<SimulatedPublisher> create) {
        this.world = world;
        all.add(create.get());
        all.add(create.get());
    }

    void step() {
        step(all.get(world.below(all.size())), 1 + world.below(15));
    }

    void stepAll() {
        all.forEach(publisher -> step(publisher, 10));
    }

    private void step(SimulatedPublisher publisher, int times) {
        if (busy.contains(publisher)) {
            return;
        }
        busy.add(publisher);
        try {
            for (int i = 0; i < times; i++) {
                publisher.step();
            }
        } finally {
            busy.remove(publisher);
        }
    }

    /** Ends one that is not in the midst of something; those end by themselves. */
    void crash() {
        SimulatedPublisher one = all.get(world.below(all.size()));
        if (!busy.contains(one)) {
            one.crash();
        }
    }

    void republish(EntityId id) {
        all.getFirst().republish(id);
    }
}
