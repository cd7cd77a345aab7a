package dev.understudy.lob.dataimport;

import dev.understudy.lob.client.InstanceClient;
import dev.understudy.lob.client.InstanceFault;
import dev.understudy.lob.client.InstanceFault.Code;
import dev.understudy.lob.client.WriteResult;
import dev.understudy.lob.client.WriteResult.Accepted;
import dev.understudy.lob.client.WriteResult.Refused;
import dev.understudy.lob.dataimport.Parsed.Entity;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Upserts entities, again and again while the instance gives no usable answer, as long as the
 * patience lasts; then, and where no row can go in, it throws an {@link InstanceFault}.
 * Thread-safe.
 */
final class Sender {

    private static final Set<Integer> TRANSIENT = Set.of(429, 502, 503, 504);

    /** An upsert that gets these is not to blame: no row would go in. */
    private static final Set<Integer> NO_ROW_GOES_IN = Set.of(401, 403, 404, 405, 501);

    private static final long SHORTEST_PAUSE_MS = 100;
    private static final long LONGEST_PAUSE_MS = 5000;

    private final InstanceClient client;
    private final String set;
    private final Duration patience;
    private final ImportObserver observer;
    private final AtomicBoolean waiting = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);

    Sender(InstanceClient client, ImportSettings settings, ImportObserver observer) {
        this.client = client;
        this.set = settings.shape().set();
        this.patience = settings.limits().patience();
        this.observer = observer;
    }

    /** Sends nothing again from now on. */
    void stop() {
        stopped.countDown();
    }

    Verdict send(Entity entity) {
        long untilNanos = System.nanoTime() + patience.toNanos();
        for (long pauseMs = SHORTEST_PAUSE_MS;
                ;
                pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
            try {
                Verdict verdict = attempt(entity);
                waiting.set(false);
                return verdict;
            } catch (InstanceFault fault) {
                long pause = ThreadLocalRandom.current().nextLong(pauseMs / 2, pauseMs + 1);
                long leftMs = TimeUnit.NANOSECONDS.toMillis(untilNanos - System.nanoTime());
                if (!fault.retryable() || pause > leftMs) {
                    throw fault;
                }
                if (waiting.compareAndSet(false, true)) {
                    observer.waiting(String.valueOf(fault.getMessage()));
                }
                if (isStoppedWithin(pause)) {
                    throw fault;
                }
            }
        }
    }

    private Verdict attempt(Entity entity) {
        WriteResult result;
        try {
            result = client.upsert(set, entity.key(), entity.fields());
        } catch (IllegalArgumentException unsendable) {
            return new Verdict.Rejected("InvalidField", cause(unsendable));
        }
        return switch (result) {
            case Accepted _ -> new Verdict.In();
            case Refused(int status, String code, String message) -> {
                if (TRANSIENT.contains(status)) {
                    throw fault(Code.UNAVAILABLE, entity, code, message);
                }
                if (NO_ROW_GOES_IN.contains(status)) {
                    throw fault(Code.UNEXPECTED_ANSWER, entity, code, message);
                }
                yield new Verdict.Rejected(code, message);
            }
        };
    }

    private InstanceFault fault(Code code, Entity entity, String answered, String message) {
        return new InstanceFault(
                code,
                "%s(%s) was answered %s: %s".formatted(set, entity.key(), answered, message),
                null);
    }

    private static String cause(IllegalArgumentException unsendable) {
        Throwable cause = unsendable.getCause() == null ? unsendable : unsendable.getCause();
        return String.valueOf(cause.getMessage());
    }

    private boolean isStoppedWithin(long ms) {
        try {
            return stopped.await(ms, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
