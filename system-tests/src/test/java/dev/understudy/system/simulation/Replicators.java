package dev.understudy.system.simulation;

import dev.understudy.replicator.stream.SimulatedReplicator;
import java.util.ArrayList;
import java.util.List;

/** Two instances of one replicator that share the partitions out among them. */
final class Replicators {
    private final World world;
    private final SimulatedDatabase target;
    private final SimulatedKafka kafka;
    private final SimulatedGroup group;
    private final SimulatedReplicator.Codecs codecs;
    private final List<SimulatedReplicator> all = new ArrayList<>();
    private final List<SimulatedReplicator> busy = new ArrayList<>();

    Replicators(
            World world,
            SimulatedDatabase target,
            SimulatedKafka kafka,
            SimulatedGroup group,
            SimulatedReplicator.Codecs codecs) {
        this.world = world;
        this.target = target;
        this.kafka = kafka;
        this.group = group;
        this.codecs = codecs;
        all.add(create());
        all.add(create());
        assignFree();
    }

    private SimulatedReplicator create() {
        return new SimulatedReplicator(world, target, kafka, group, codecs);
    }

    private void assignFree() {
        for (int partition = 0; partition < SimulatedKafka.PARTITIONS; partition++) {
            if (group.isFree(partition)) {
                group.assign(partition, all.get(world.below(all.size())));
            }
        }
    }

    void step() {
        int index = world.below(all.size());
        for (int times = 1 + world.below(4); times > 0; times--) {
            step(index);
        }
    }

    void stepAll() {
        for (int i = 0; i < all.size(); i++) {
            for (int times = 0; times < 4; times++) {
                step(i);
            }
        }
    }

    private void step(int index) {
        SimulatedReplicator one = all.get(index);
        if (busy.contains(one)) {
            return;
        }
        busy.add(one);
        try {
            if (!one.step()) {
                end(one);
            }
        } finally {
            busy.remove(one);
        }
    }

    /** Its process has ended; the group gives its partitions to others, and another one begins. */
    private void end(SimulatedReplicator ended) {
        for (int partition = 0; partition < SimulatedKafka.PARTITIONS; partition++) {
            if (group.isOf(partition, ended)) {
                group.assign(partition, null);
            }
        }
        all.set(all.indexOf(ended), create());
        assignFree();
    }

    /** Ends one that is not in the midst of something; those end by themselves. */
    void crash() {
        SimulatedReplicator one = all.get(world.below(all.size()));
        if (!busy.contains(one)) {
            world.note(Happening.REPLICATOR_CRASHED);
            end(one);
        }
    }

    /** Moves a partition: as asked for, or because its owner did not answer. */
    void rebalance() {
        int partition = world.below(SimulatedKafka.PARTITIONS);
        SimulatedReplicator from =
                all.stream().filter(one -> group.isOf(partition, one)).findFirst().orElseThrow();
        SimulatedReplicator to = all.get(world.below(all.size()));
        boolean answers = !busy.contains(from) && !world.oneIn(3);
        world.note(answers ? Happening.REBALANCED : Happening.REPLICATOR_KICKED_OUT);
        if (answers && !revoke(from, partition, from.equals(to))) {
            end(from);
            return;
        }
        if (!answers && world.oneIn(3)) {
            group.reset();
            world.note(Happening.REPLAYED);
        }
        if (answers || !from.equals(to)) {
            // The heir may have ended meanwhile.
            group.assign(partition, all.contains(to) ? to : all.getFirst());
        }
    }

    private boolean revoke(SimulatedReplicator from, int partition, boolean keeps) {
        busy.add(from);
        try {
            return from.revoke(partition, keeps);
        } finally {
            busy.remove(from);
        }
    }

    boolean areDrained() {
        return all.stream().allMatch(SimulatedReplicator::isDrained);
    }
}
