package dev.understudy.lob.contoso;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A customer's support ticket; owned by the target instance, about an account and often a contact.
 */
public record Ticket(
        UUID ticketId,
        String ticketNumber,
        Subject subject,
        Triage triage,
        Parties parties,
        Timeline timeline) {

    /** How soon a ticket needs someone, in rising order. */
    public enum Priority {
        LOW,
        NORMAL,
        HIGH,
        CRITICAL
    }

    /** How far a ticket has come. */
    public enum Status {
        OPEN,
        IN_PROGRESS,
        WAITING,
        RESOLVED,
        CLOSED
    }

    /** What the ticket is about. */
    public record Subject(String title, @Nullable String description) {}

    /** How the ticket is ranked. */
    public record Triage(Priority priority, Status status) {}

    /** Whom the ticket is about. */
    public record Parties(UUID accountId, @Nullable UUID contactId) {}

    /** When the ticket was opened and resolved. */
    public record Timeline(Instant openedOn, @Nullable Instant resolvedOn) {}

    /**
     * Whether this is a problem ticket: of priority HIGH or CRITICAL and neither resolved nor
     * closed.
     */
    public boolean isProblem() {
        return switch (triage.status()) {
            case RESOLVED, CLOSED -> false;
            case OPEN, IN_PROGRESS, WAITING ->
                    switch (triage.priority()) {
                        case HIGH, CRITICAL -> true;
                        case LOW, NORMAL -> false;
                    };
        };
    }
}
