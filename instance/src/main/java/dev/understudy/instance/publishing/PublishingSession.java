package dev.understudy.instance.publishing;

import dev.understudy.schemas.UnderstudyException;
import dev.understudy.schemas.event.ChangeEventEncoder;
import dev.understudy.schemas.event.ChangeMetadata;
import dev.understudy.schemas.event.Position;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * One hold of the slot, from its stream to Kafka. Confirms to PostgreSQL only what Kafka has
 * acknowledged; after an exception it can only be closed, and the next session starts from there.
 */
final class PublishingSession implements AutoCloseable {
    /** Our own heartbeats are in the WAL, so that a stream silent for longer is broken. */
    private static final Duration MAX_SILENCE = Duration.ofSeconds(30);

    /** A stream that was silent for so long is looked at less often. */
    private static final Duration BUSY = Duration.ofMillis(100);

    private static final Duration REST = Duration.ofMillis(5);

    /** Between two looks at any other one that had nothing. */
    private static final Duration LOOK = Duration.ofMillis(1);

    private final Wal stream;
    private final KafkaTransactions kafka;
    private final Batch batch;
    private final CommitPace pace = new CommitPace();
    private final Context context;
    private final long epoch;
    private boolean nothingPending;

    /** What outlives a session. */
    record Context(
            String owner,
            WalMessageCodec codec,
            ChangeEventEncoder encoder,
            HeartbeatRecords heartbeats,
            Published published,
            Time time) {
        /** The same, and something more after each commit. */
        Context andThen(Runnable more) {
            Published both =
                    (commits, newest) -> {
                        published.published(commits, newest);
                        more.run();
                    };
            return new Context(owner, codec, encoder, heartbeats, both, time);
        }
    }

    /** Time as it passes here. */
    interface Time {
        /** The machine's. */
        Time REAL =
                new Time() {
                    @Override
                    public long nanos() {
                        return System.nanoTime();
                    }

                    @Override
                    public void rest(long nanos) {
                        LockSupport.parkNanos(nanos);
                    }
                };

        /** As {@link System#nanoTime}. */
        long nanos();

        /** Waits so long, or less. */
        void rest(long nanos);
    }

    /** Told after each commit. */
    @FunctionalInterface
    interface Published {
        /**
         * Takes note of a batch that Kafka has.
         *
         * @param commits when each of its changes was committed
         * @param newest when the last of its transactions was
         */
        void published(List<Instant> commits, Instant newest);
    }

    PublishingSession(
            Context context, long epoch, Wal stream, KafkaTransactions kafka, Batch batch) {
        this.context = context;
        this.epoch = epoch;
        this.stream = stream;
        this.kafka = kafka;
        this.batch = batch;
    }

    /** Takes one message from the stream, or what is due when there is none. */
    void step() throws SQLException {
        read();
        if (isCommitDue()) {
            commit();
        } else if (nothingPending) {
            idle();
        }
    }

    boolean isCommitDue() {
        return batch.isDue(nothingPending && pace.allows(context.time().nanos()));
    }

    /** Sends one message's event, uncommitted. */
    void read() throws SQLException {
        PgOutput message = stream.poll().orElse(null);
        nothingPending = message == null;
        switch (message) {
            case null -> {}
            case PgOutput.Begin begin -> batch.begin(begin);
            case PgOutput.Commit commit -> batch.end(commit);
            case PgOutput.Message content -> {
                if (content.transactional() && content.prefix().equals(WalMessage.PREFIX)) {
                    take(content);
                }
            }
            case PgOutput.Other _ -> {}
        }
    }

    /** Commits to Kafka, then confirms to PostgreSQL. */
    void commit() throws SQLException {
        batch.heartbeat().ifPresent(this::send);
        long startNs = context.time().nanos();
        kafka.commit();
        pace.committed(startNs, context.time().nanos());
        context.published().published(batch.commits(), newest());
        if (batch.last().isPresent()) {
            stream.confirm(batch.last().get().endLsn());
        }
        batch.committed();
    }

    private void idle() throws SQLException {
        if (batch.open().isEmpty() && batch.isEmpty()) {
            stream.confirmIdle();
        }
        if (stream.silence().compareTo(MAX_SILENCE) > 0) {
            throw new UnderstudyException(
                    UnderstudyException.Severity.RETRYABLE,
                    "the replication stream is silent for " + stream.silence());
        }
        context.time().rest(rest().toNanos());
    }

    /**
     * What comes before a commit is allowed is read in one go then: each waking costs something.
     */
    private Duration rest() {
        Duration pause = Duration.ofNanos(pace.leftNs(context.time().nanos()));
        if (pause.isPositive()) {
            return pause;
        }
        return stream.silence().compareTo(BUSY) > 0 ? REST : LOOK;
    }

    private void take(PgOutput.Message message) {
        int bytes = message.content().remaining();
        switch (context.codec().decode(message.content())) {
            case WalMessage.Change change -> {
                kafka.send(record(change));
                batch.change(bytes);
            }
            case WalMessage.Heartbeat heartbeat -> {
                if (heartbeat.epoch() == epoch) {
                    batch.heartbeat(heartbeat, position());
                }
            }
        }
    }

    private ProducerRecord<byte[], byte[]> record(WalMessage.Change change) {
        ChangeMetadata metadata =
                new ChangeMetadata(
                        context.owner(),
                        change.kind(),
                        change.version(),
                        position(),
                        change.changedAt(),
                        change.traceparent());
        try {
            return context.encoder().encode(change.content(), metadata);
        } catch (IOException e) {
            throw new UnderstudyException(
                    UnderstudyException.Severity.FATAL,
                    "the content of %s in the WAL cannot be read"
                            .formatted(change.content().key().text()),
                    e);
        }
    }

    /** The changes before it are acknowledged first, so that their offsets are known. */
    private void send(Batch.Beat beat) {
        Map<String, List<Long>> offsets = new HashMap<>(kafka.flush());
        beat.heartbeat().late().forEach(type -> offsets.remove(context.owner() + "." + type));
        kafka.send(context.heartbeats().record(beat.heartbeat().time(), beat.position(), offsets));
    }

    private Position position() {
        return new Position(epoch, batch.begun().finalLsn());
    }

    private Instant newest() {
        return batch.open()
                .map(PgOutput.Begin::committedAt)
                .or(() -> batch.last().map(PgOutput.Commit::committedAt))
                .orElse(Instant.EPOCH);
    }

    /** Confirms what was committed, gives the slot back, and aborts what was not. */
    @Override
    public void close() {
        stream.close();
        kafka.close();
    }
}
