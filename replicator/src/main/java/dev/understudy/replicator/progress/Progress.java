package dev.understudy.replicator.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a replication is live or catches up, as it does at first and whenever it has fallen
 * behind, and how far it is; tells it in the log, too. Thread-safe.
 */
public final class Progress {
    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

    /** So far behind, it is not live. */
    private static final Duration BEHIND = Duration.ofSeconds(10);

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final Supplier<Map<String, Long>> outcomes;
    private final Supplier<Optional<Instant>> healed;
    private final Backlogs backlogs = new Backlogs();
    private Optional<Start> catchingUp;
    private Optional<CaughtUp> last = Optional.empty();
    private Instant lastLine;

    private record Start(Instant at, Map<String, Long> outcomes) {}

    /**
     * Where it is at.
     *
     * @param since when the catching-up began; empty if it is live
     * @param left by topic, in offsets
     * @param rest how long it takes at this rate
     * @param last how the last catching-up ended
     */
    public record Report(
            Optional<Instant> since,
            Map<String, Long> left,
            double perSecond,
            Optional<Duration> rest,
            Optional<CaughtUp> last) {
        public long allLeft() {
            return left.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * @param outcomes how many change events did what, at this replicator, since it began
     * @param healed since when the part that was away last is back
     */
    public Progress(
            Instant start,
            Supplier<Map<String, Long>> outcomes,
            Supplier<Optional<Instant>> healed) {
        this.outcomes = outcomes;
        this.healed = healed;
        this.catchingUp = Optional.of(new Start(start, outcomes.get()));
        this.lastLine = start;
    }

    /**
     * Takes note of how far the group has come.
     *
     * @param asOf all that was in Kafka at this time is durable
     */
    public synchronized void observed(
            Instant at,
            Map<TopicPartition, Long> ends,
            Map<TopicPartition, Long> committed,
            Instant asOf) {
        backlogs.observed(at, ends, committed);
        if (catchingUp.isPresent()) {
            Start start = catchingUp.get();
            if (asOf.isAfter(start.at()) && isLive(at, asOf)) {
                end(start, at);
            } else if (lastLine.plus(BETWEEN_LINES).isBefore(at)) {
                lastLine = at;
                say();
            }
        } else if (!isLive(at, asOf)) {
            catchingUp = Optional.of(new Start(at, outcomes.get()));
            lastLine = at;
            say();
        }
    }

    private static boolean isLive(Instant at, Instant asOf) {
        return asOf.plus(BEHIND).isAfter(at);
    }

    private void end(Start start, Instant at) {
        Map<String, Long> done = new HashMap<>(outcomes.get());
        start.outcomes().forEach((outcome, count) -> done.merge(outcome, -count, Long::sum));
        CaughtUp end =
                new CaughtUp(
                        at,
                        Duration.between(start.at(), at),
                        healed.get()
                                .filter(time ->
                                        time.plus(BEHIND).isAfter(start.at()) && time.isBefore(at))
                                .map(time -> Duration.between(time, at)),
                        done);
        LOG.info("Caught up: {}", end.words());
        last = Optional.of(end);
        catchingUp = Optional.empty();
    }

    private void say() {
        LOG.info(
                "Catching up: {} left, {} a second{}",
                backlogs.left(),
                Math.round(backlogs.perSecond()),
                backlogs.rest().map(rest -> ", about " + rest.toSeconds() + " s").orElse(""));
    }

    public synchronized Report report() {
        return new Report(
                catchingUp.map(Start::at),
                backlogs.leftByTopic(),
                backlogs.perSecond(),
                backlogs.rest(),
                last);
    }
}
