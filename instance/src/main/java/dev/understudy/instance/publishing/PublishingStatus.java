package dev.understudy.instance.publishing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** What the publisher is doing, for health and metrics. Thread-safe; written by one publisher. */
public final class PublishingStatus {
    private volatile Phase phase = new Phase.Starting();
    private volatile boolean accepting;
    private volatile boolean restored;
    private volatile Optional<Instant> lastPublishedCommit = Optional.empty();
    private final AtomicLong published = new AtomicLong();
    private volatile long retainedWalBytes;

    /** The publisher's phase. */
    public sealed interface Phase {
        /** Nothing has succeeded or failed yet. */
        record Starting() implements Phase {}

        /** Another process publishes; this one is ready to take over. */
        record Standby() implements Phase {}

        /** This process publishes. */
        record Connected(long epoch) implements Phase {}

        /** A part that publishing needs is away; writes go on. */
        record Away(Instant since, String reason) implements Phase {}
    }

    public Phase phase() {
        return phase;
    }

    /** Whether the slot has been there since this process began, so that writes may commit. */
    public boolean isAccepting() {
        return accepting;
    }

    /**
     * Whether this process found another server or timeline than before: replicas may be ahead of
     * it until they are verified and repaired.
     */
    public boolean isRestored() {
        return restored;
    }

    /** Change events acknowledged by Kafka since the start of the process. */
    public long published() {
        return published.get();
    }

    /** The commit of the last transaction that Kafka has acknowledged. */
    public Optional<Instant> lastPublishedCommit() {
        return lastPublishedCommit;
    }

    /** How far Kafka is behind the database, or nothing if it was never ahead. */
    public Optional<Duration> lag(Instant now) {
        return lastPublishedCommit.map(committed -> Duration.between(committed, now));
    }

    /** WAL that the server keeps for the slot, when last asked. */
    public long retainedWalBytes() {
        return retainedWalBytes;
    }

    void phase(Phase next) {
        phase = next;
    }

    void accept() {
        accepting = true;
    }

    void restored() {
        restored = true;
    }

    void published(int events, Instant committedAt) {
        published.addAndGet(events);
        lastPublishedCommit = Optional.of(committedAt);
    }

    void retainedWalBytes(long bytes) {
        retainedWalBytes = bytes;
    }
}
