package dev.understudy.cli.verify;

import dev.understudy.store.digest.Difference;
import dev.understudy.store.digest.TypeVerdict;
import java.io.PrintWriter;
import java.util.List;

/** Verdicts, a line for each type, then the keys of what differs. */
record VerdictTable(PrintWriter out, int keys) {
    private static final String HEAD = "%-32s %12s %10s %12s %8s %8s %9s  %s%n";
    private static final String LINE = "%-32s %,12d %,10d %,12d %,8d %,8d %,9d  %s%n";

    void print(List<TypeVerdict> verdicts) {
        out.printf(
                HEAD,
                "TYPE",
                "EQUAL",
                "IN FLIGHT",
                "PLACEHOLDERS",
                "ORPHANS",
                "CEDED",
                "DIVERGED",
                "");
        verdicts.forEach(this::line);
        for (TypeVerdict verdict : verdicts) {
            list(verdict, verdict.diverged());
            list(verdict, verdict.ceded());
        }
        out.flush();
    }

    private void line(TypeVerdict verdict) {
        TypeVerdict.Counts counts = verdict.counts();
        out.printf(
                LINE,
                verdict.type(),
                counts.equal(),
                counts.inFlight(),
                counts.placeholders(),
                counts.orphans(),
                verdict.ceded().size(),
                verdict.diverged().size(),
                words(verdict));
    }

    private static String words(TypeVerdict verdict) {
        return switch (verdict.answer()) {
            case AGREES -> "agrees";
            case DIFFERS -> verdict.conclusive() ? "differs" : "differs, maybe in more";
            case UNKNOWN -> "unknown: the replica was not complete in time";
        };
    }

    private void list(TypeVerdict verdict, List<Difference> differences) {
        differences.stream()
                .limit(keys)
                .forEach(one ->
                        out.printf(
                                "%s %s: %s%n", verdict.type(), one.key(), Differences.words(one)));
        if (differences.size() > keys) {
            out.printf("%s: %,d more%n", verdict.type(), differences.size() - keys);
        }
    }
}
