package dev.understudy.lob.load;

import dev.understudy.lob.load.LoadResult.OfOperation;
import dev.understudy.lob.load.Outcome.Accepted;
import dev.understudy.lob.load.Outcome.CircuitOpen;
import dev.understudy.lob.load.Outcome.NotSent;
import dev.understudy.lob.load.Outcome.Refused;
import dev.understudy.lob.load.Outcome.Unanswered;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.HdrHistogram.ConcurrentHistogram;

/** What became of one operation's requests, and how long they took. Thread-safe. */
final class Tally {

    static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(24);
    static final int DIGITS = 3;

    private final LongAdder accepted = new LongAdder();
    private final LongAdder notSent = new LongAdder();
    private final ConcurrentMap<String, LongAdder> refused = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, LongAdder> unanswered = new ConcurrentHashMap<>();
    private final ConcurrentHistogram latency = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);

    void add(Outcome outcome, long micros) {
        switch (outcome) {
            case Accepted _ -> accepted.increment();
            case Refused(String code) -> count(refused, code);
            case CircuitOpen _ -> count(refused, CircuitOpen.CODE);
            case Unanswered(String code) -> count(unanswered, code);
            case NotSent _ -> notSent.increment();
        }
        if (tellsLatency(outcome)) {
            latency.recordValue(clamped(micros));
        }
    }

    /** Whatever was waited for counts, or those who fared worst would be left out. */
    static boolean tellsLatency(Outcome outcome) {
        return !(outcome instanceof CircuitOpen);
    }

    static long clamped(long micros) {
        return Math.clamp(micros, 0, LONGEST_MICROS);
    }

    long accepted() {
        return accepted.sum();
    }

    long refused() {
        return sum(refused);
    }

    /** What the instance answered, with yes or no. */
    long answered() {
        LongAdder keptBack = refused.get(CircuitOpen.CODE);
        return accepted() + refused() - (keptBack == null ? 0 : keptBack.sum());
    }

    long unanswered() {
        return sum(unanswered);
    }

    long notSent() {
        return notSent.sum();
    }

    /** The result; exact once nothing is added any more. */
    OfOperation result() {
        return new OfOperation(
                accepted(),
                copy(refused),
                copy(unanswered),
                notSent(),
                Percentiles.ofMicros(latency));
    }

    private static void count(ConcurrentMap<String, LongAdder> counts, String code) {
        counts.computeIfAbsent(code, _ -> new LongAdder()).increment();
    }

    private static long sum(Map<String, LongAdder> counts) {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }

    private static Map<String, Long> copy(Map<String, LongAdder> counts) {
        return counts.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().sum()));
    }
}
