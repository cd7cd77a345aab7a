package dev.understudy.instance.publishing;

import dev.understudy.instance.publishing.PublishingSettings.Limits;
import dev.understudy.schemas.event.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
    private List<Instant> commits = new ArrayList<>();
    private long bytes;

    Batch(Limits limits) {
        this.limits = limits;
    }

    void begin(PgOutput.Begin begin) {
        open = Optional.of(begin);
    }

    void change(int contentBytes) {
        commits.add(begun().committedAt());
        bytes += contentBytes;
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

    /** The same where there must be one. */
    PgOutput.Begin begun() {
        return open.orElseThrow(() -> new IllegalStateException("message without a Begin"));
    }

    /** The last transaction read to its end: what may be confirmed once the batch is in Kafka. */
    Optional<PgOutput.Commit> last() {
        return last;
    }

    Optional<Beat> heartbeat() {
        return heartbeat;
    }

    /** When each of the batch's changes was committed. */
    List<Instant> commits() {
        return commits;
    }

    boolean isEmpty() {
        return commits.isEmpty() && heartbeat.isEmpty();
    }

    /** All of it is in Kafka; the open transaction stays open. */
    void committed() {
        last = Optional.empty();
        heartbeat = Optional.empty();
        commits = new ArrayList<>();
        bytes = 0;
    }

    private boolean isOver(int factor) {
        return commits.size() >= (long) factor * limits.events()
                || bytes >= (long) factor * limits.bytes();
    }
}
