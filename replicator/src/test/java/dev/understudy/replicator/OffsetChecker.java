package dev.understudy.replicator;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.TopicPartition;

/** Checks all the time that every event below a committed offset is in the database. */
final class OffsetChecker {
    private static final Duration BETWEEN_CHECKS = Duration.ofMillis(50);

    final List<String> violations = new CopyOnWriteArrayList<>();
    final AtomicInteger checks = new AtomicInteger();

    /** Events that were found to be durable, as they had to be; each is looked at once. */
    final AtomicLong judged = new AtomicLong();

    private final Rig rig;
    private final Load load;
    private final Thread thread = Thread.ofPlatform().daemon().name("checker").unstarted(this::run);
    private volatile boolean stopped;

    OffsetChecker(Rig rig, Load load) {
        this.rig = rig;
        this.load = load;
    }

    OffsetChecker start() {
        thread.start();
        return this;
    }

    private void run() {
        while (!stopped) {
            try {
                check();
            } catch (SQLException _) {
                // The database is down, which is part of the test.
            } catch (Exception e) {
                violations.add("cannot check: " + e);
            }
            LockSupport.parkNanos(BETWEEN_CHECKS.toNanos());
        }
    }

    private void check() throws Exception {
        Map<TopicPartition, Long> committed = rig.committed();
        Map<UUID, Long> rows = rows(rig);
        committed.forEach((partition, offset) -> {
            Queue<Load.Sent> sent = load.sent.getOrDefault(partition, new ArrayDeque<>());
            while (!sent.isEmpty() && sent.element().offset() < offset) {
                Load.Sent one = sent.remove();
                long stored = rows.getOrDefault(one.key(), 0L);
                if (stored < one.version()) {
                    violations.add(
                            "%s is committed to %d, but of %s the database has %d"
                                    .formatted(partition, offset, one, stored));
                }
                judged.incrementAndGet();
            }
        });
        checks.incrementAndGet();
    }

    static Map<UUID, Long> rows(Rig rig) throws SQLException {
        Map<UUID, Long> rows = new HashMap<>(rig.replica.versions("account"));
        rows.putAll(rig.replica.versions("contact"));
        return rows;
    }

    /** Returns when it has stopped. */
    void stop() throws InterruptedException {
        stopped = true;
        thread.join();
    }
}
