package dev.understudy.lob.report;

import dev.understudy.lob.client.Circuit;
import dev.understudy.lob.client.InstanceFault;
import dev.understudy.lob.report.Coverage.NameCoverage;
import dev.understudy.lob.report.WaitingEntity.Kind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What one figure of the report rests on, and whether something is missing from it. */
public record Statement(String figure, Extent extent, String text) {

    /** Whether a figure covers all it speaks of. */
    public enum Extent {
        COMPLETE,
        PARTIAL
    }

    static List<Statement> about(ProblemTicketReport report) {
        Coverage coverage = report.coverage();
        List<Statement> statements = new ArrayList<>();
        statements.add(tickets(report.summary().ticketsRead(), coverage.ticketPlaceholders()));
        source(coverage).ifPresent(statements::add);
        statements.add(names("Account names", coverage.accounts()));
        statements.add(names("Contact names", coverage.contacts()));
        statements.add(waiting(report.waiting(), coverage.asOf()));
        return List.copyOf(statements);
    }

    private static Statement tickets(int read, int placeholders) {
        String all = Words.counted(read, "ticket") + " read from the target, which owns them";
        return placeholders == 0
                ? new Statement("Tickets", Extent.COMPLETE, all)
                : new Statement(
                        "Tickets",
                        Extent.PARTIAL,
                        all
                                + "; "
                                + Words.count(placeholders)
                                + " of them only as placeholders, which have no priority and are"
                                + " not counted as problems");
    }

    /** The request that failed, said once for all figures that need the source. */
    private static Optional<Statement> source(Coverage coverage) {
        return Stream.of(coverage.accounts(), coverage.contacts())
                .filter(names -> !names.complete())
                .flatMap(names -> away(names.source()))
                .findFirst()
                .map(away -> new Statement("Source", Extent.PARTIAL, why(away)));
    }

    private static String why(Reach.Away away) {
        return away.code() == InstanceFault.Code.CIRCUIT_OPEN
                ? "not reached: " + away.reason()
                : "could not be read (%s): %s%s"
                        .formatted(Words.of(away.code()), away.reason(), circuit(away.circuit()));
    }

    private static String circuit(Circuit circuit) {
        return switch (circuit) {
            case Circuit.Closed _ -> "";
            case Circuit.Open _, Circuit.HalfOpen _ -> "; circuit " + circuit.words();
        };
    }

    private static Stream<Reach.Away> away(Reach reach) {
        return switch (reach) {
            case Reach.Reached _ -> Stream.empty();
            case Reach.Away away -> Stream.of(away);
        };
    }

    private static Statement names(String figure, NameCoverage names) {
        if (names.named() == 0) {
            return new Statement(figure, Extent.COMPLETE, "no problem ticket names any");
        }
        List<String> parts = new ArrayList<>();
        if (names.bySource() > 0) {
            parts.add(Words.count(names.bySource()) + " from the source");
        }
        if (names.byCopy() > 0) {
            parts.add(
                    Words.count(names.byCopy())
                            + " from the target's copy, as of its last synchronisation");
        }
        if (names.byMemory() > 0) {
            parts.add(Words.count(names.byMemory()) + " as the source told them earlier");
        }
        if (names.unknown() > 0) {
            parts.add(Words.count(names.unknown()) + " unknown");
        }
        return new Statement(
                figure,
                names.complete() ? Extent.COMPLETE : Extent.PARTIAL,
                without(names) + String.join(", ", parts));
    }

    private static String without(NameCoverage names) {
        return switch (names.source()) {
            case Reach.Reached _ -> "";
            case Reach.Away _ ->
                    names.bySource() == 0
                            ? "without the source: "
                            : "with only a part of the source: ";
        };
    }

    private static Statement waiting(List<WaitingEntity> waiting, Instant asOf) {
        long accounts = waiting.stream().filter(entity -> entity.kind() == Kind.ACCOUNT).count();
        long contacts = waiting.size() - accounts;
        return waiting.isEmpty()
                ? new Statement(
                        "Synchronisation",
                        Extent.COMPLETE,
                        "every account and contact that the tickets name is synchronised or deleted")
                : new Statement(
                        "Synchronisation",
                        Extent.PARTIAL,
                        "the target has only placeholders of %s and %s%s"
                                .formatted(
                                        Words.counted(accounts, "account"),
                                        Words.counted(contacts, "contact"),
                                        longest(waiting, asOf)));
    }

    private static String longest(List<WaitingEntity> waiting, Instant asOf) {
        long untold = waiting.stream().filter(one -> one.party().placedOn().isEmpty()).count();
        String since =
                WaitingEntity.longest(waiting)
                        .map(then ->
                                ", the longest waiting since %s (%s)"
                                        .formatted(
                                                then.truncatedTo(ChronoUnit.SECONDS),
                                                Words.age(then, asOf)))
                        .orElse("");
        return untold == 0
                ? since
                : since + "; since when, the target does not tell for " + Words.count(untold);
    }
}
