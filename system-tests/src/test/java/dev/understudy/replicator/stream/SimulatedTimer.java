package dev.understudy.replicator.stream;

import dev.understudy.replicator.breaker.Later;
import dev.understudy.system.simulation.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A breaker's probes, when their time has come. */
final class SimulatedTimer implements Later {
    private final World world;
    private final List<Work> waiting = new ArrayList<>();

    private record Work(Instant due, Runnable work) {}

    SimulatedTimer(World world) {
        this.world = world;
    }

    @Override
    public void run(Runnable work, Duration wait) {
        waiting.add(new Work(world.clock().instant().plus(wait), work));
    }

    void runDue() {
        Instant now = world.clock().instant();
        for (Work work : List.copyOf(waiting)) {
            if (!work.due().isAfter(now) && waiting.remove(work)) {
                work.work().run();
            }
        }
    }

    @Override
    public void close() {
        waiting.clear();
    }
}
