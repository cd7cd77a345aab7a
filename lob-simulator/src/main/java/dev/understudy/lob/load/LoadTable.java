package dev.understudy.lob.load;

import dev.understudy.lob.load.LoadResult.OfOperation;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A result as a table for a terminal of 100 columns. */
final class LoadTable {

    private static final String ROW = "%-12s%9s%9s%8s%8s%8s%9s%9s%9s%9s%9s%n";

    private LoadTable() {}

    static String of(LoadResult result) {
        StringBuilder text =
                new StringBuilder(
                        ROW.formatted(
                                "",
                                "due",
                                "accepted",
                                "refused",
                                "no answ",
                                "unsent",
                                "p50 ms",
                                "p90 ms",
                                "p99 ms",
                                "p99.9 ms",
                                "max ms"));
        result.operations().forEach((operation, share) -> text.append(row(operation, share)));
        text.append(
                ROW.formatted(
                        "all",
                        result.due(),
                        result.accepted(),
                        result.refused(),
                        result.unanswered(),
                        result.notSent(),
                        "",
                        "",
                        "",
                        "",
                        ""));
        text.append(reasons("refused", result, OfOperation::refused));
        text.append(keptBack(result));
        text.append(reasons("no answer", result, OfOperation::unanswered));
        text.append(
                "%s answers per second of %d due; %d held back by the bound of %d in flight%n"
                        .formatted(
                                decimal(result.timing().answeredPerSecond()),
                                result.settings().pace().perSecond(),
                                result.held(),
                                result.settings().bounds().inFlight()));
        text.append(
                "%d of %d tickets referred to a placeholder, to %d different ones in all%n"
                        .formatted(
                                result.tickets().onPlaceholders(),
                                result.tickets().shown(),
                                result.tickets().placeholders()));
        return text.append(hydration(result.hydration())).toString();
    }

    private static String row(Operation operation, OfOperation share) {
        Percentiles latency = share.latency();
        return ROW.formatted(
                operation.label(),
                share.due(),
                share.accepted(),
                OfOperation.sum(share.refused()),
                OfOperation.sum(share.unanswered()),
                share.notSent(),
                decimal(latency.p50Ms()),
                decimal(latency.p90Ms()),
                decimal(latency.p99Ms()),
                decimal(latency.p999Ms()),
                decimal(latency.maxMs()));
    }

    private static String reasons(
            String what, LoadResult result, Function<OfOperation, Map<String, Long>> counts) {
        Map<String, Long> all = new TreeMap<>();
        result.operations()
                .values()
                .forEach(share ->
                        counts.apply(share)
                                .forEach((code, count) -> all.merge(code, count, Long::sum)));
        return all.entrySet().stream()
                .map(entry -> "%s: %d %s%n".formatted(what, entry.getValue(), entry.getKey()))
                .collect(Collectors.joining());
    }

    /** What the circuit kept back would have had the worst latencies. */
    private static String keptBack(LoadResult result) {
        long open =
                result.operations().values().stream()
                        .mapToLong(
                                share -> share.refused().getOrDefault(Outcome.CircuitOpen.CODE, 0L))
                        .sum();
        return open == 0
                ? ""
                : "the circuit kept back %d operations, which are in no latency%n".formatted(open);
    }

    private static String hydration(LoadResult.Hydration hydration) {
        Percentiles delay = hydration.delay();
        String seen =
                delay.count() == 0
                        ? ""
                        : ": p50 %s, p90 %s, p99 %s, max %s ms"
                                .formatted(
                                        decimal(delay.p50Ms()),
                                        decimal(delay.p90Ms()),
                                        decimal(delay.p99Ms()),
                                        decimal(delay.maxMs()));
        return "hydration delay of %d sampled accounts (%d not seen in time, %d more not sampled)%s%n"
                .formatted(hydration.sampled(), hydration.notSeen(), hydration.notSampled(), seen);
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
