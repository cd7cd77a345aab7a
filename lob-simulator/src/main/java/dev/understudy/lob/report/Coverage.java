package dev.understudy.lob.report;

import dev.understudy.lob.report.ProblemTicketReport.Row;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * What the report rests on: when it was made, tickets whose content the target lacks, and who told
 * the names.
 */
public record Coverage(
        Instant asOf, int ticketPlaceholders, NameCoverage accounts, NameCoverage contacts) {

    /** Who told the names of the distinct entities of one type that the rows name. */
    public record NameCoverage(Reach source, int bySource, int byCopy, int byMemory, int unknown) {

        /** How many distinct entities the rows name. */
        public int named() {
            return bySource + byCopy + byMemory + unknown;
        }

        /** Whether every name is known and none had to do without the source. */
        public boolean complete() {
            return named() == 0 || (source instanceof Reach.Reached && unknown == 0);
        }

        private static NameCoverage of(Reach source, List<Row> rows, Function<Row, Party> party) {
            Map<UUID, Party> distinct = new HashMap<>();
            for (Row row : rows) {
                Party named = party.apply(row);
                named.id().ifPresent(id -> distinct.put(id, named));
            }
            int bySource = told(distinct, Origin.SOURCE);
            int byCopy = told(distinct, Origin.TARGET_COPY);
            int byMemory = told(distinct, Origin.MEMORY);
            int unknown = distinct.size() - bySource - byCopy - byMemory;
            return new NameCoverage(source, bySource, byCopy, byMemory, unknown);
        }

        private static int told(Map<UUID, Party> parties, Origin origin) {
            return (int)
                    parties.values().stream()
                            .flatMap(party -> party.knownName().stream())
                            .filter(name -> name.origin() == origin)
                            .count();
        }
    }

    static Coverage of(TicketsRead tickets, List<Row> rows, Names names) {
        return new Coverage(
                tickets.asOf(),
                tickets.placeholders(),
                NameCoverage.of(names.accounts().source(), rows, Row::account),
                NameCoverage.of(names.contacts().source(), rows, Row::contact));
    }

    /**
     * Whether every ticket has its content, and every name is known from a source that answered.
     */
    public boolean complete() {
        return ticketPlaceholders == 0 && accounts.complete() && contacts.complete();
    }
}
