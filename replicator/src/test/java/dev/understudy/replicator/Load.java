package dev.understudy.replicator;

import dev.understudy.replicator.apply.Events;
import dev.understudy.schemas.event.ChangeEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.TopicPartition;

/** An owner that changes accounts and contacts all the time, and remembers what went where. */
final class Load {
    private static final int ENTITIES = 2000;
    private static final Duration PAUSE = Duration.ofMillis(2);

    final Map<TopicPartition, Queue<Sent>> sent = new ConcurrentHashMap<>();
    final AtomicInteger acknowledged = new AtomicInteger();
    private final Map<UUID, Long> versions = new HashMap<>();
    private final Rig rig;
    private final Random random = new Random(11);
    private final Thread thread = Thread.ofPlatform().daemon().name("load").unstarted(this::run);
    private volatile boolean stopped;

    /** One event, in its place. */
    record Sent(long offset, UUID key, long version) {}

    Load(Rig rig) {
        this.rig = rig;
    }

    Load start() {
        thread.start();
        return this;
    }

    /** The last version of each entity; call it when the load has stopped. */
    Map<UUID, Long> versions() {
        return versions;
    }

    private void run() {
        while (!stopped) {
            int number = random.nextInt(ENTITIES);
            // Accounts have even numbers, contacts odd ones.
            UUID key = (UUID) Events.key(number).value();
            long version = versions.merge(key, 1L, Long::sum);
            ChangeEvent event =
                    number % 2 == 0
                            ? Events.account(number, version)
                            : Events.contact(number, number - 1, version);
            rig.owner.send(
                    rig.owner.encode(event),
                    (where, failure) -> {
                        if (failure == null) {
                            sent.computeIfAbsent(
                                            new TopicPartition(where.topic(), where.partition()),
                                            _ -> new ConcurrentLinkedQueue<>())
                                    .add(new Sent(where.offset(), key, version));
                            acknowledged.incrementAndGet();
                        }
                    });
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** Returns when it has stopped. */
    void stop() throws InterruptedException {
        stopped = true;
        thread.join();
    }
}
