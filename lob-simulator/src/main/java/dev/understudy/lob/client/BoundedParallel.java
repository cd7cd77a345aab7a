package dev.understudy.lob.client;

import dev.understudy.lob.client.InstanceFault.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Maps a list on virtual threads, never more than {@code parallelism} at once; results keep the
 * list's order.
 */
record BoundedParallel(int parallelism) {

    /**
     * Starts no more calls after one has thrown, waits for those that run, and throws what it
     * threw.
     */
    <T, R> List<R> map(List<T> items, Function<T, R> function) {
        Semaphore permits = new Semaphore(parallelism);
        AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
        List<Future<R>> pending = new ArrayList<>(items.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (T item : items) {
                // Taken before the thread exists, so that there are never more threads than
                // permits.
                permits.acquire();
                if (failure.get() != null) {
                    break;
                }
                pending.add(
                        threads.submit(() -> {
                            try {
                                return function.apply(item);
                            } catch (RuntimeException e) {
                                failure.compareAndSet(null, e);
                                throw e;
                            } finally {
                                permits.release();
                            }
                        }));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InstanceFault(
                    Code.INTERRUPTED,
                    "interrupted after %d of %d requests".formatted(pending.size(), items.size()),
                    e);
        }
        RuntimeException first = failure.get();
        if (first != null) {
            throw first;
        }
        return pending.stream().map(Future::resultNow).toList();
    }
}
