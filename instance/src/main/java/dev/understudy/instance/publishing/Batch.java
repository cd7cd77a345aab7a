package dev.understudy.instance.publishing;

import dev.understudy.instance.publishing.PublishingSettings.Limits;
import dev.understudy.schemas.event.Position;
import java.time.Instant;
import java.util.Optional;

/**
 * What was sent to Kafka since its last commit, and whether to commit now. Holds whole transactions
 * of the WAL, apart from one that alone is many times the limit. Not thread-safe.
 */
final class Batch {
    /** So many times over the limit, and a transaction's first part is committed without it all. */
    private static final int SPLIT_FACTOR = 10;

    /** A heartbeat, and where in the WAL it is. */
    record Beat(WalMessage.Heartbeat heartbeat, Position position) {}

    private final Limits limits;
    private Optional<PgOutput.Begin> open = Optional.empty();
    private Optional<PgOutput.Commit> last = Optional.empty();
    private Optional<Beat> heartbeat = Optional.empty();
    private Optional<Instant> oldest = Optional.empty();
    private int events;
    private long bytes;

    Batch(Limits limits) {
        this.limits = limits;
    }

    void begin(PgOutput.Begin begin) {
        open = Optional.of(begin);
    }

    void change(int contentBytes) {
        events++;
        bytes += contentBytes;
        if (oldest.isEmpty()) {
            oldest = open.map(PgOutput.Begin::committedAt);
        }
    }

    /** Of several heartbeats the last one says it all. */
    void heartbeat(WalMessage.Heartbeat message, Position position) {
        heartbeat = Optional.of(new Beat(message, position));
    }

    void end(PgOutput.Commit commit) {
        open = Optional.empty();
        last = Optional.of(commit);
    }

    /** Whether to commit to Kafka now, while the WAL has more to read, or has not. */
    boolean isDue(boolean nothingPending) {
        if (isEmpty()) {
            return false;
        }
        if (open.isPresent()) {
            return isOver(SPLIT_FACTOR);
        }
        return nothingPending || isOver(1);
    }

    /** The transaction that is being read. */
    Optional<PgOutput.Begin> open() {
        return open;
    }

    /** The last transaction read to its end: what may be confirmed once the batch is in Kafka. */
    Optional<PgOutput.Commit> last() {
        return last;
    }

    Optional<Beat> heartbeat() {
        return heartbeat;
    }

    /** When the first of the batch's transactions with a change committed. */
    Optional<Instant> oldest() {
        return oldest;
    }

    int events() {
        return events;
    }

    boolean isEmpty() {
        return events == 0 && heartbeat.isEmpty();
    }

    /** All of it is in Kafka; the open transaction stays open. */
    void committed() {
        last = Optional.empty();
        heartbeat = Optional.empty();
        oldest = Optional.empty();
        events = 0;
        bytes = 0;
    }

    private boolean isOver(int factor) {
        return events >= (long) factor * limits.events() || bytes >= (long) factor * limits.bytes();
    }
}
