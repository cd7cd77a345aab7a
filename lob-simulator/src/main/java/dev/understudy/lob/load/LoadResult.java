package dev.understudy.lob.load;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * What a load run measured. {@code held}: operations that could not be sent when they were due
 * because the bound of requests in flight was reached.
 */
public record LoadResult(
        LoadSettings settings,
        Timing timing,
        long held,
        Map<Operation, OfOperation> operations,
        OfTickets tickets,
        Hydration hydration) {

    /** {@code elapsed} is until the last answer; the rate is that of answers. */
    public record Timing(Instant startedAt, Duration elapsed, double answeredPerSecond) {}

    /**
     * One operation's share: every operation that was due is in exactly one of the counts. The
     * latency runs from when it was due, and has all but what an open circuit kept back; what had
     * no answer or was never sent is in it with as long as it was waited for.
     */
    public record OfOperation(
            long accepted,
            Map<String, Long> refused,
            Map<String, Long> unanswered,
            long notSent,
            Percentiles latency) {

        public OfOperation {
            refused = Collections.unmodifiableMap(new TreeMap<>(refused));
            unanswered = Collections.unmodifiableMap(new TreeMap<>(unanswered));
        }

        public long due() {
            return accepted + sum(refused) + sum(unanswered) + notSent;
        }

        static long sum(Map<String, Long> counts) {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * Of the tickets whose answer showed them, how many referred to at least one placeholder as it
     * was committed, and how many different placeholders these were. All tickets ask to be shown.
     */
    public record OfTickets(long shown, long onPlaceholders, long placeholders) {}

    /**
     * How long sampled accounts took from their acknowledgement by the source until the target
     * showed them hydrated; those it did not show within the patience, {@code notSeen}, are in with
     * as long as they were waited for, which is less than they took. {@code notSampled}: those
     * whose turn it was while as many were followed as may be at once.
     */
    public record Hydration(long sampled, long notSampled, long notSeen, Percentiles delay) {}

    public LoadResult {
        EnumMap<Operation, OfOperation> copy = new EnumMap<>(Operation.class);
        copy.putAll(operations);
        operations = Collections.unmodifiableMap(copy);
    }

    public long due() {
        return total(OfOperation::due);
    }

    public long accepted() {
        return total(OfOperation::accepted);
    }

    public long refused() {
        return total(operation -> OfOperation.sum(operation.refused()));
    }

    public long unanswered() {
        return total(operation -> OfOperation.sum(operation.unanswered()));
    }

    public long notSent() {
        return total(OfOperation::notSent);
    }

    /** Whether every operation that was due was accepted. */
    public boolean complete() {
        return accepted() == due();
    }

    /** The result as one JSON document. */
    public String json() {
        return LoadJson.of(this).toPrettyString();
    }

    /** The result as a table for a terminal. */
    public String table() {
        return LoadTable.of(this);
    }

    private long total(ToLongFunction<OfOperation> count) {
        return operations.values().stream().mapToLong(count).sum();
    }
}
