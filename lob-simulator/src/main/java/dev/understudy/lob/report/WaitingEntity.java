package dev.understudy.lob.report;

import dev.understudy.lob.report.ProblemTicketReport.Row;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * An entity of which the target has only a placeholder, and how many problem tickets name it. Its
 * party tells since when it waits.
 */
public record WaitingEntity(Kind kind, Party party, int tickets) {

    /** The entity types that tickets refer to. */
    public enum Kind {
        ACCOUNT,
        CONTACT
    }

    /**
     * The waiting entities that rows name, those with most tickets first, then the longest waiting.
     */
    static List<WaitingEntity> of(List<Row> rows) {
        Map<UUID, WaitingEntity> found = new LinkedHashMap<>();
        rows.stream()
                .flatMap(row ->
                        Stream.of(
                                one(Kind.ACCOUNT, row.account()), one(Kind.CONTACT, row.contact())))
                .filter(entity -> entity.party().awaitsSynchronisation())
                .forEach(entity ->
                        entity.party()
                                .id()
                                .ifPresent(id -> found.merge(id, entity, WaitingEntity::plus)));
        return found.values().stream()
                .sorted(
                        Comparator.comparingInt(WaitingEntity::tickets)
                                .reversed()
                                .thenComparing(WaitingEntity::placedOrLast)
                                .thenComparing(entity -> entity.party().label()))
                .toList();
    }

    /** Since when the one waits that has been waiting longest, as far as the target tells. */
    static Optional<Instant> longest(List<WaitingEntity> waiting) {
        return waiting.stream()
                .flatMap(entity -> entity.party().placedOn().stream())
                .min(Comparator.naturalOrder());
    }

    private Instant placedOrLast() {
        return party.placedOn().orElse(Instant.MAX);
    }

    private static WaitingEntity one(Kind kind, Party party) {
        return new WaitingEntity(kind, party, 1);
    }

    private WaitingEntity plus(WaitingEntity other) {
        return new WaitingEntity(kind, party, tickets + other.tickets);
    }
}
