package dev.understudy.lob.report;

import dev.understudy.lob.report.ProblemTicketReport.Row;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * An entity of which the target has only a placeholder: how many problem tickets name it, and when
 * the earliest of them was opened. That is a ticket's age: the Web API does not tell a
 * placeholder's.
 */
public record WaitingEntity(Kind kind, Party party, int tickets, Instant earliestOpened) {

    /** The entity types that tickets refer to. */
    public enum Kind {
        ACCOUNT,
        CONTACT
    }

    /** The waiting entities that rows name, those with most tickets first, then the oldest. */
    static List<WaitingEntity> of(List<Row> rows) {
        Map<UUID, WaitingEntity> found = new LinkedHashMap<>();
        rows.stream()
                .flatMap(row ->
                        Stream.of(
                                one(Kind.ACCOUNT, row.account(), row),
                                one(Kind.CONTACT, row.contact(), row)))
                .filter(entity -> entity.party().awaitsSynchronisation())
                .forEach(entity ->
                        entity.party()
                                .id()
                                .ifPresent(id -> found.merge(id, entity, WaitingEntity::plus)));
        return found.values().stream()
                .sorted(
                        Comparator.comparingInt(WaitingEntity::tickets)
                                .reversed()
                                .thenComparing(WaitingEntity::earliestOpened)
                                .thenComparing(entity -> entity.party().label()))
                .toList();
    }

    private static WaitingEntity one(Kind kind, Party party, Row row) {
        return new WaitingEntity(kind, party, 1, row.ticket().timeline().openedOn());
    }

    private WaitingEntity plus(WaitingEntity other) {
        return new WaitingEntity(
                kind,
                party,
                tickets + other.tickets,
                earliestOpened.isBefore(other.earliestOpened)
                        ? earliestOpened
                        : other.earliestOpened);
    }
}
