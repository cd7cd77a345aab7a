package dev.understudy.system;

import static java.util.Objects.requireNonNull;

import dev.understudy.chaos.time.Polling;
import dev.understudy.lob.client.InstanceFault;
import dev.understudy.lob.load.LoadObserver;
import dev.understudy.lob.load.LoadRun;
import dev.understudy.lob.load.LoadSettings;
import dev.understudy.lob.load.Mix;
import dev.understudy.lob.load.Operation;
import dev.understudy.lob.load.Outcome;
import dev.understudy.sandbox.Sandbox;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The line-of-business app's open loop on both instances, which goes on whatever is away, and what
 * was acknowledged of it. Thread-safe.
 */
final class OpenLoad implements AutoCloseable {
    private static final int PER_SECOND = 30;
    private static final Mix MIX =
            Mix.parse("read-source=10,read-target=10,create=20,update=20,ticket=40");

    /** Long before it, the load is stopped. */
    private static final Duration AT_MOST = Duration.ofMinutes(5);

    private final AtomicLong atSource = new AtomicLong();
    private final AtomicLong atTarget = new AtomicLong();
    private final AtomicLong sourceUnanswered = new AtomicLong();
    private final AtomicLong targetUnanswered = new AtomicLong();
    private final AtomicLong onPlaceholders = new AtomicLong();
    private final Map<UUID, Acknowledged> accounts = new ConcurrentHashMap<>();
    private final Map<UUID, Acknowledged> tickets = new ConcurrentHashMap<>();
    private volatile @Nullable UUID latestAccount;
    private final Thread thread;

    /**
     * What is known of one entity.
     *
     * @param created creations that were acknowledged
     * @param updated updates that were acknowledged
     * @param unknown writes that were not answered
     */
    private record Acknowledged(int created, int updated, int unknown) {
        Acknowledged plus(Acknowledged more) {
            return new Acknowledged(
                    created + more.created, updated + more.updated, unknown + more.unknown);
        }

        /** Each write counts the version up by one; what no one saw created began at one. */
        boolean isKeptBy(@Nullable Long version) {
            long least = 1L + updated;
            return created + updated == 0
                    || (version != null && version >= least && version <= least + unknown);
        }
    }

    private OpenLoad(Sandbox sandbox, int run) {
        LoadSettings.Bounds bounds = LoadSettings.Bounds.DEFAULT;
        LoadSettings settings =
                new LoadSettings(
                        sandbox.us().baseUrl(),
                        sandbox.europe().baseUrl(),
                        new LoadSettings.Pace(PER_SECOND, AT_MOST),
                        MIX,
                        new LoadSettings.Data(11, run, 30),
                        new LoadSettings.Bounds(
                                bounds.inFlight(),
                                Duration.ofSeconds(5),
                                bounds.overrun(),
                                new LoadSettings.HydrationSample(1, 1, Duration.ZERO)));
        this.thread = Thread.ofPlatform().name("open-load").start(() -> run(settings));
    }

    /** Starts the load; different runs write different entities. */
    static OpenLoad start(Sandbox sandbox, int run) {
        return new OpenLoad(sandbox, run);
    }

    private void run(LoadSettings settings) {
        LoadObserver observer =
                new LoadObserver() {
                    @Override
                    public void answered(Operation operation, UUID key, Outcome outcome) {
                        note(operation, key, outcome);
                    }
                };
        try {
            LoadRun.run(settings, observer);
        } catch (InstanceFault fault) {
            if (fault.code() != InstanceFault.Code.INTERRUPTED) {
                throw fault;
            }
        }
    }

    private void note(Operation operation, UUID key, Outcome outcome) {
        boolean source =
                switch (operation) {
                    case READ_SOURCE, CREATE, UPDATE -> true;
                    case READ_TARGET, TICKET -> false;
                };
        switch (outcome) {
            case Outcome.Accepted(Outcome.References references) -> {
                onPlaceholders.addAndGet(references == Outcome.References.PLACEHOLDER ? 1 : 0);
                accepted(operation, key);
            }
            case Outcome.Unanswered _ -> {
                (source ? sourceUnanswered : targetUnanswered).incrementAndGet();
                unknown(operation, key);
            }
            case Outcome.Refused _, Outcome.NotSent _, Outcome.CircuitOpen _ -> {}
        }
    }

    private void accepted(Operation operation, UUID key) {
        switch (operation) {
            case READ_SOURCE, READ_TARGET -> {}
            case CREATE -> {
                atSource.incrementAndGet();
                count(accounts, key, new Acknowledged(1, 0, 0));
                latestAccount = key;
            }
            case UPDATE -> {
                atSource.incrementAndGet();
                count(accounts, key, new Acknowledged(0, 1, 0));
            }
            case TICKET -> {
                atTarget.incrementAndGet();
                count(tickets, key, new Acknowledged(1, 0, 0));
            }
        }
    }

    private void unknown(Operation operation, UUID key) {
        switch (operation) {
            case READ_SOURCE, READ_TARGET -> {}
            case CREATE, UPDATE -> count(accounts, key, new Acknowledged(0, 0, 1));
            case TICKET -> count(tickets, key, new Acknowledged(0, 0, 1));
        }
    }

    private static void count(Map<UUID, Acknowledged> map, UUID key, Acknowledged more) {
        map.merge(key, more, Acknowledged::plus);
    }

    /** An account that the source accepted last; there is one when {@link #hasAccount} says so. */
    UUID latestAccount() {
        return requireNonNull(latestAccount);
    }

    boolean hasAccount() {
        return latestAccount != null;
    }

    /** Accepted writes of accounts. */
    long atSource() {
        return atSource.get();
    }

    /** Accepted tickets. */
    long atTarget() {
        return atTarget.get();
    }

    long sourceUnanswered() {
        return sourceUnanswered.get();
    }

    long targetUnanswered() {
        return targetUnanswered.get();
    }

    /** Accepted tickets that referred to a placeholder when they were committed. */
    long onPlaceholders() {
        return onPlaceholders.get();
    }

    /** Whether it has not ended. */
    boolean isWriting() {
        return thread.isAlive();
    }

    /** Sends nothing more and waits for the last answers. */
    void stop() {
        thread.interrupt();
        Polling.ends(thread);
    }

    /** Acknowledged entities that their owner does not have at a version that they must have. */
    List<String> lost(Sandbox sandbox) throws SQLException {
        List<String> lost = new ArrayList<>();
        check(accounts, Rows.hydrated(sandbox.usDatabase(), "account"), lost);
        check(tickets, Rows.hydrated(sandbox.europeDatabase(), "ticket"), lost);
        return lost;
    }

    private static void check(
            Map<UUID, Acknowledged> acknowledged, Map<String, Long> rows, List<String> lost) {
        acknowledged.forEach((key, known) -> {
            Long version = rows.get(key.toString());
            if (!known.isKeptBy(version)) {
                lost.add("%s: %s, but is at version %s".formatted(key, known, version));
            }
        });
    }

    @Override
    public void close() {
        stop();
    }

    @Override
    public String toString() {
        return "%d accounts written, %d tickets, %d of them on placeholders; unanswered %d and %d"
                .formatted(
                        atSource.get(),
                        atTarget.get(),
                        onPlaceholders.get(),
                        sourceUnanswered.get(),
                        targetUnanswered.get());
    }
}
