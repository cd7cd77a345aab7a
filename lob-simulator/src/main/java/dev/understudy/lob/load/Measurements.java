package dev.understudy.lob.load;

import dev.understudy.lob.load.LoadFigures.Counts;
import dev.understudy.lob.load.LoadFigures.Interval;
import dev.understudy.lob.load.LoadResult.OfOperation;
import dev.understudy.lob.load.LoadResult.OfTickets;
import dev.understudy.lob.load.Outcome.Accepted;
import dev.understudy.lob.load.Outcome.CircuitOpen;
import dev.understudy.lob.load.Outcome.NotSent;
import dev.understudy.lob.load.Outcome.References;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Everything that a run measures; latencies are given from when an operation was due. */
final class Measurements {

    private final long startNanos;
    private final Map<Operation, Tally> tallies = new EnumMap<>(Operation.class);
    private final LongAdder shown = new LongAdder();
    private final LongAdder onPlaceholders = new LongAdder();
    private final Set<UUID> placeholders = ConcurrentHashMap.newKeySet();
    private final LongAccumulator lastAnswerNanos = new LongAccumulator(Math::max, 0);
    private final Recorder sinceFigures = new Recorder(Tally.LONGEST_MICROS, Tally.DIGITS);
    private long figuresNanos;
    private long figuresAnswered;

    Measurements(Mix mix, long startNanos) {
        this.startNanos = startNanos;
        this.figuresNanos = startNanos;
        mix.weights()
                .forEach((operation, weight) -> {
                    if (weight > 0) {
                        tallies.put(operation, new Tally());
                    }
                });
    }

    void add(Operation operation, Outcome outcome, long dueNanos) {
        long now = System.nanoTime();
        long micros = (now - dueNanos) / 1000;
        Tally tally = tallies.get(operation);
        if (tally == null) {
            throw new IllegalStateException(operation + " is not in the mix");
        }
        tally.add(outcome, micros);
        if (Tally.tellsLatency(outcome)) {
            sinceFigures.recordValue(Tally.clamped(micros));
        }
        if (!(outcome instanceof NotSent || outcome instanceof CircuitOpen)) {
            lastAnswerNanos.accumulate(now - startNanos);
        }
        if (outcome instanceof Accepted(References references)
                && references != References.NOT_SHOWN) {
            shown.increment();
            if (references == References.PLACEHOLDER) {
                onPlaceholders.increment();
            }
        }
    }

    /** Counts entities that a ticket showed as placeholders, each once. */
    void addPlaceholders(Set<UUID> keys) {
        placeholders.addAll(keys);
    }

    /** The figures since the last call; called by one thread. */
    LoadFigures figures(Gate gate) {
        long now = System.nanoTime();
        Counts counts =
                new Counts(
                        sum(Tally::accepted),
                        sum(Tally::refused),
                        sum(Tally::unanswered),
                        sum(Tally::notSent));
        long answered = sum(Tally::answered);
        double seconds = Math.max(1, now - figuresNanos) / 1e9;
        Histogram latency = sinceFigures.getIntervalHistogram();
        Interval interval =
                new Interval(
                        (answered - figuresAnswered) / seconds,
                        Percentiles.ms(latency.getValueAtPercentile(50)),
                        Percentiles.ms(latency.getValueAtPercentile(99)));
        figuresNanos = now;
        figuresAnswered = answered;
        return new LoadFigures(
                Duration.ofNanos(now - startNanos), counts, gate.inFlight(), gate.held(), interval);
    }

    /** Until the last answer. */
    Duration elapsed() {
        return Duration.ofNanos(lastAnswerNanos.get());
    }

    double answeredPerSecond() {
        return sum(Tally::answered) / (Math.max(1, lastAnswerNanos.get()) / 1e9);
    }

    Map<Operation, OfOperation> operations() {
        Map<Operation, OfOperation> results = new EnumMap<>(Operation.class);
        tallies.forEach((operation, tally) -> results.put(operation, tally.result()));
        return results;
    }

    OfTickets tickets() {
        return new OfTickets(shown.sum(), onPlaceholders.sum(), placeholders.size());
    }

    private long sum(ToLongFunction<Tally> count) {
        return tallies.values().stream().mapToLong(count).sum();
    }
}
