package dev.understudy.benchmarks.instance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** So many clients that write at the same time. */
record Clients(int count, Client.Maker maker) {
    /** What one client had done. */
    private record Part(long rows, List<Long> nanos) {}

    /** Each client's next write. */
    @FunctionalInterface
    private interface Loop {
        Part run(Client client) throws Exception;
    }

    /** As fast as they are answered: how much can be written. */
    Load closed(Duration length) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        long startNs = System.nanoTime();
        long endNs = startNs + length.toNanos();
        return run(
                startNs,
                client -> {
                    long rows = 0;
                    List<Long> nanos = new ArrayList<>();
                    while (System.nanoTime() < endNs) {
                        Client.Write write = client.prepare(next.getAndIncrement());
                        long beganNs = System.nanoTime();
                        rows += write.run();
                        nanos.add(System.nanoTime() - beganNs);
                    }
                    return new Part(rows, nanos);
                });
    }

    /**
     * At a fixed rate, whatever becomes of the earlier ones: how long one that was due took, which
     * holds the pauses that made it late.
     */
    Load paced(int perSecond, Duration length) throws InterruptedException {
        int all = (int) (perSecond * length.toMillis() / 1000);
        AtomicInteger next = new AtomicInteger();
        long startNs = System.nanoTime() + Duration.ofMillis(100).toNanos();
        return run(
                startNs,
                client -> {
                    long rows = 0;
                    List<Long> nanos = new ArrayList<>();
                    for (int i = next.getAndIncrement(); i < all; i = next.getAndIncrement()) {
                        Client.Write write = client.prepare(i);
                        long dueNs = startNs + (long) (i * 1e9 / perSecond);
                        for (long wait = dueNs - System.nanoTime(); wait > 0; ) {
                            LockSupport.parkNanos(wait);
                            wait = dueNs - System.nanoTime();
                        }
                        rows += write.run();
                        nanos.add(System.nanoTime() - dueNs);
                    }
                    return new Part(rows, nanos);
                });
    }

    private Load run(long startNs, Loop loop) throws InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
            List<Future<Part>> running = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                running.add(
                        threads.submit(() -> {
                            try (Client client = maker.connect()) {
                                return loop.run(client);
                            }
                        }));
            }
            List<Part> parts = new ArrayList<>();
            for (Future<Part> each : running) {
                parts.add(each.get());
            }
            return new Load(
                    parts.stream().mapToLong(Part::rows).sum(),
                    (System.nanoTime() - startNs) / 1e9,
                    Percentiles.ofNanos(
                            parts.stream().flatMap(part -> part.nanos().stream()).toList()));
        } catch (ExecutionException e) {
            throw new IllegalStateException("a client failed: " + e.getCause(), e.getCause());
        }
    }
}
