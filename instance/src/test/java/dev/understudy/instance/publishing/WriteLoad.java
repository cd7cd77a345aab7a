package dev.understudy.instance.publishing;

import dev.understudy.schemas.UnderstudyException;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.store.EntityId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Writers that go on through faults, and what they were told of. */
final class WriteLoad implements AutoCloseable {
    private final Owner owner;
    private final Supplier<Publishing> publishing;
    private final List<EntityId> ids;
    private final Duration pause;
    private final List<Thread> writers;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Map<EntityKey, Version> accepted = new ConcurrentHashMap<>();
    private final AtomicLong writes = new AtomicLong();

    /**
     * Starts the writers.
     *
     * @param pause of each writer between two writes
     */
    WriteLoad(
            Owner owner,
            Supplier<Publishing> publishing,
            int writers,
            int entities,
            Duration pause) {
        this.owner = owner;
        this.publishing = publishing;
        this.pause = pause;
        ids = Stream.generate(owner::someAccount).limit(entities).toList();
        this.writers =
                IntStream.range(0, writers)
                        .mapToObj(_ -> Thread.ofPlatform().start(this::write))
                        .toList();
    }

    /** The highest version of each key that a writer was told was committed. */
    Map<EntityKey, Version> accepted() {
        return accepted;
    }

    long writes() {
        return writes.get();
    }

    private void write() {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        try {
            while (!stopped.await(pause.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)) {
                EntityId id = ids.get(random.nextInt(ids.size()));
                try {
                    Version version = owner.write(publishing.get(), id);
                    accepted.merge(
                            id.key(), version, (one, two) -> one.compareTo(two) > 0 ? one : two);
                    writes.incrementAndGet();
                } catch (UnderstudyException _) {
                    // The database is away; the write was not accepted.
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopped.countDown();
        try {
            for (Thread writer : writers) {
                writer.join();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
