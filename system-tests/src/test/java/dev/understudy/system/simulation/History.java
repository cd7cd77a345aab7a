package dev.understudy.system.simulation;

import dev.understudy.instance.digest.SimulatedRepairs;
import dev.understudy.instance.publishing.SimulatedPublisher;
import dev.understudy.instance.publishing.SimulatedSlot;
import dev.understudy.instance.snapshot.Republication;
import dev.understudy.instance.write.ChangePublication;
import dev.understudy.instance.write.SimulatedWrites;
import dev.understudy.instance.write.WritePipeline;
import dev.understudy.instance.write.WriteRequest;
import dev.understudy.instance.write.WriteResult;
import dev.understudy.store.EntityId;
import dev.understudy.store.StoreException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** One history: everybody acts by chance, also in the midst of what others do, until it is calm. */
final class History {
    private static final int ACTS = 80;
    private static final int DEPTH = 3;
    private static final int INTERRUPTED_ONE_IN = 40;

    private final World world;
    private final Cast cast;
    private final Domain domain;
    private final SimulatedKafka kafka;
    private final SimulatedDatabase owner;
    private final SimulatedDatabase target;
    private final SimulatedSlot slot;
    private final WritePipeline ownersWrites;
    private final WritePipeline targetsWrites;
    private final Publishers publishers;
    private final Replicators replicators;
    private final Divergence divergence;
    private int depth;

    History(long seed, Cast cast) {
        this.cast = cast;
        world = new World(seed);
        domain = new Domain(world);
        kafka = new SimulatedKafka(world, Domain.topics());
        owner = database(Domain.OWNER);
        Checks checks = new Checks(Domain.CATALOG, world);
        target = new SimulatedDatabase(Domain.CATALOG, Domain.TARGET, world, checks::committed);
        SimulatedGroup group =
                new SimulatedGroup(
                        kafka,
                        (partition, from, to) -> checks.offsets(target, partition, from, to));
        slot = new SimulatedSlot(owner, world);
        ChangePublication publication = cast.publisher().publication();
        ownersWrites = pipeline(Domain.OWNER, owner, publication);
        targetsWrites = pipeline(Domain.TARGET, target, (_, _, _, _) -> {});
        publishers =
                new Publishers(
                        world,
                        () -> new SimulatedPublisher(world, owner, slot, kafka, cast.publisher()));
        replicators = new Replicators(world, target, kafka, group, cast.replicator());
        divergence =
                new Divergence(
                        world,
                        owner,
                        target,
                        new SimulatedRepairs(
                                owner, new Republication(owner, publication), world.clock()));
        world.others(this::others);
    }

    private SimulatedDatabase database(String instance) {
        return new SimulatedDatabase(
                Domain.CATALOG, instance, world, new Checks(Domain.CATALOG, world)::committed);
    }

    private WritePipeline pipeline(
            String instance, SimulatedDatabase database, ChangePublication publication) {
        return SimulatedWrites.pipeline(
                Domain.CATALOG, instance, database, publication, world.clock());
    }

    /**
     * Runs it, and judges it.
     *
     * @throws Violation if a guarantee does not hold
     */
    Map<Happening, Integer> run() {
        for (int i = 0; i < ACTS; i++) {
            act();
        }
        calmDown();
        Checks.lastIsHighest(kafka);
        Checks.agree(Guarantee.NOTHING_LOST, owner.rows(), target.rows(), divergence.diverged());
        if (!divergence.diverged().isEmpty()) {
            divergence.repair();
            drain();
            Checks.lastIsHighest(kafka);
            Checks.agree(Guarantee.REPAIR_WINS, owner.rows(), target.rows(), Set.of());
        }
        kafka.compact();
        Backfill.check(world, kafka, owner, cast.decoder());
        return world.happened();
    }

    private void others() {
        if (depth < DEPTH && world.oneIn(INTERRUPTED_ONE_IN)) {
            int acts = world.oneIn(5) ? world.below(20) : 1 + world.below(3);
            for (int i = 0; i < acts; i++) {
                act();
            }
        }
    }

    private void act() {
        depth++;
        try {
            world.pass(Duration.ofMillis(1));
            int chance = world.below(100);
            if (chance < 14) {
                write(ownersWrites, domain.ownersWrite(), slot.isThere());
            } else if (chance < 18) {
                write(targetsWrites, domain.targetsWrite(), true);
            } else if (chance < 22) {
                republish(domain.someOwned());
            } else if (chance < 54) {
                publishers.step();
            } else if (chance < 90) {
                replicators.step();
            } else {
                trouble(chance);
            }
        } finally {
            depth--;
        }
    }

    private void trouble(int chance) {
        switch (chance) {
            case 90 -> slot.takeAway();
            case 91, 92 -> {
                if (world.oneIn(8)) {
                    slot.lose();
                }
            }
            case 93 -> {
                kafka.away(world.oneIn(2));
                world.note(Happening.KAFKA_AWAY);
            }
            case 94 -> {
                target.away(world.oneIn(2));
                world.note(Happening.DATABASE_AWAY);
            }
            case 95 -> kafka.expire();
            case 96 -> kafka.compact();
            case 97 -> replicators.rebalance();
            case 98 -> {
                if (world.oneIn(3)) {
                    divergence.happen();
                } else {
                    replicators.crash();
                }
            }
            default -> publishers.crash();
        }
    }

    private void write(WritePipeline pipeline, WriteRequest request, boolean accepting) {
        if (!accepting) {
            return;
        }
        try {
            switch (pipeline.write(request)) {
                case WriteResult.Created _, WriteResult.Updated _ -> world.note(Happening.WRITTEN);
                case WriteResult.Deleted _ -> world.note(Happening.DELETED_BY_OWNER);
                case WriteResult.Refused _ -> world.note(Happening.REFUSED);
            }
        } catch (Blocked | SimulatedCrash | StoreException _) {
            // The client is told, or finds out.
        }
    }

    private void republish(EntityId id) {
        try {
            if (slot.isThere()) {
                publishers.republish(id);
            }
        } catch (Blocked | SimulatedCrash | StoreException _) {
            // Somebody will ask again.
        }
    }

    /** Everything is back, and goes on until nothing is left to do. */
    private void calmDown() {
        world.calmDown();
        kafka.away(false);
        target.away(false);
        drain();
    }

    private void drain() {
        int quiet = 0;
        for (int i = 0; i < 3000 && quiet < 8; i++) {
            world.pass(Duration.ofMillis(i > 1000 ? 60_000 : 20));
            publishers.stepAll();
            if (i % 16 == 0) {
                kafka.expire();
            }
            replicators.stepAll();
            quiet =
                    slot.isDrained() && kafka.isStable() && replicators.areDrained()
                            ? quiet + 1
                            : 0;
        }
        if (quiet < 8) {
            throw new Violation(Guarantee.NOTHING_LOST, "there is always something left to do");
        }
    }
}
