package dev.understudy.lob.contoso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.lob.contoso.Ticket.Priority;
import dev.understudy.lob.contoso.Ticket.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicketsTest {

    private static final Batch BATCH = new Batch(42, 1);

    private final ReferenceData data = ReferenceData.generate(BATCH, 50, 120);
    private final Directory directory = Directory.of(data.accounts(), data.contacts());
    private final List<Ticket> tickets = Tickets.generate(BATCH, 400, directory);

    @Test
    void sameBatchCountAndDirectoryGiveTheSameTicketsInWhateverOrderItWasRead() {
        List<Account> accounts = new ArrayList<>(data.accounts());
        Collections.reverse(accounts);
        List<Contact> contacts = new ArrayList<>(data.contacts());
        Collections.reverse(contacts);

        assertThat(Tickets.generate(BATCH, 400, Directory.of(accounts, contacts)))
                .isEqualTo(tickets);
    }

    @Test
    void numbersAndKeysAreUniqueAcrossBatches() {
        List<Ticket> all = new ArrayList<>(tickets);
        all.addAll(Tickets.generate(BATCH.next(), 400, directory));

        assertThat(all).extracting(Ticket::ticketId).doesNotHaveDuplicates();
        assertThat(all).extracting(Ticket::ticketNumber).doesNotHaveDuplicates();
    }

    @Test
    void referencesAreToKnownEntitiesOnly() {
        Map<UUID, Contact> contacts = directory.contacts();

        assertThat(tickets)
                .allSatisfy(ticket -> {
                    Ticket.Parties parties = ticket.parties();
                    assertThat(directory.accounts()).containsKey(parties.accountId());
                    if (parties.contactId() != null) {
                        assertThat(contacts.get(parties.contactId()).accountId())
                                .isEqualTo(parties.accountId());
                    }
                });
        assertThat(tickets).anyMatch(ticket -> ticket.parties().contactId() == null);
    }

    @Test
    void aNarrowedDirectoryNarrowsTheTickets() {
        Set<UUID> one = Set.of(data.accounts().get(7).accountId());

        assertThat(Tickets.generate(BATCH, 20, directory.about(one)))
                .allMatch(ticket -> one.contains(ticket.parties().accountId()));
    }

    @Test
    void onlyFinishedTicketsAreResolvedAndLaterThanOpened() {
        assertThat(tickets)
                .allSatisfy(ticket -> {
                    Ticket.Timeline timeline = ticket.timeline();
                    switch (ticket.triage().status()) {
                        case OPEN, IN_PROGRESS, WAITING ->
                                assertThat(timeline.resolvedOn()).isNull();
                        case RESOLVED, CLOSED ->
                                assertThat(timeline.resolvedOn()).isAfter(timeline.openedOn());
                    }
                });
    }

    @Test
    void everyPriorityAndStatusOccurs() {
        assertThat(tickets).extracting(t -> t.triage().priority()).contains(Priority.values());
        assertThat(tickets).extracting(t -> t.triage().status()).contains(Status.values());
    }

    @Test
    void withoutAccountsThereAreNoTickets() {
        Directory empty = Directory.of(List.of(), List.of());

        assertThat(Tickets.generate(BATCH, 0, empty)).isEmpty();
        assertThatThrownBy(() -> Tickets.generate(BATCH, 1, empty))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "HIGH, OPEN, true",
        "CRITICAL, WAITING, true",
        "HIGH, IN_PROGRESS, true",
        "CRITICAL, RESOLVED, false",
        "HIGH, CLOSED, false",
        "NORMAL, OPEN, false",
        "LOW, OPEN, false"
    })
    void aProblemIsUrgentAndUnfinished(Priority priority, Status status, boolean problem) {
        Ticket any = tickets.getFirst();
        Ticket ticket =
                new Ticket(
                        any.ticketId(),
                        any.ticketNumber(),
                        any.subject(),
                        new Ticket.Triage(priority, status),
                        any.parties(),
                        any.timeline());

        assertThat(ticket.isProblem()).isEqualTo(problem);
    }
}
