package dev.understudy.lob.contoso;

import dev.understudy.lob.contoso.Ticket.Priority;
import dev.understudy.lob.contoso.Ticket.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.datafaker.Faker;
import org.jspecify.annotations.Nullable;

/**
 * Makes plausible tickets about known accounts and, nine times out of ten, one of their contacts.
 */
public final class Tickets {

    private static final Duration OPENED_WITHIN = Duration.ofDays(60);
    private static final List<String> THINGS =
            List.of(
                    "Order export",
                    "Invoice run",
                    "Login",
                    "Customer portal",
                    "Delivery tracking",
                    "Price list import",
                    "Monthly statement",
                    "Returns form",
                    "Stock sync",
                    "Webshop");
    private static final List<String> SYMPTOMS =
            List.of(
                    "fails with a time-out",
                    "shows yesterday's figures",
                    "is slow since the update",
                    "rejects valid input",
                    "sends duplicates",
                    "loses attachments",
                    "is not reachable",
                    "rounds amounts wrongly",
                    "stops halfway",
                    "shows the wrong currency");

    // How often each occurs: repeated entries are more frequent.
    private static final List<Priority> PRIORITIES =
            weighted(
                    Map.of(
                            Priority.LOW,
                            2,
                            Priority.NORMAL,
                            5,
                            Priority.HIGH,
                            2,
                            Priority.CRITICAL,
                            1));
    private static final List<Status> STATUSES =
            weighted(
                    Map.of(
                            Status.OPEN,
                            7,
                            Status.IN_PROGRESS,
                            5,
                            Status.WAITING,
                            2,
                            Status.RESOLVED,
                            3,
                            Status.CLOSED,
                            3));

    private final Batch batch;
    private final Random random;
    private final Faker faker;
    private final List<UUID> accounts;
    private final Map<UUID, List<UUID>> contactsByAccount;

    private Tickets(Batch batch, Directory directory) {
        this.batch = batch;
        this.random = batch.random("tickets");
        this.faker = new Faker(Locale.ENGLISH, random);
        this.accounts = directory.accounts().keySet().stream().sorted().toList();
        this.contactsByAccount =
                directory.contacts().values().stream()
                        .filter(contact -> contact.accountId() != null)
                        .sorted(Comparator.comparing(Contact::contactId))
                        .collect(
                                Collectors.groupingBy(
                                        contact -> Objects.requireNonNull(contact.accountId()),
                                        Collectors.mapping(
                                                Contact::contactId, Collectors.toList())));
    }

    /** Generates a batch's tickets; the same batch, count and directory give the same tickets. */
    public static List<Ticket> generate(Batch batch, int count, Directory directory) {
        if (count > 0 && directory.accounts().isEmpty()) {
            throw new IllegalArgumentException("no account is known that a ticket could be about");
        }
        Tickets tickets = new Tickets(batch, directory);
        return IntStream.range(0, count).mapToObj(tickets::ticket).toList();
    }

    private Ticket ticket(int index) {
        UUID account = pick(accounts);
        Status status = pick(STATUSES);
        Instant opened = Batch.moment(random, OPENED_WITHIN);
        return new Ticket(
                batch.id("ticket", index),
                "T-%s-%05d".formatted(batch.tag(), index + 1),
                new Ticket.Subject(
                        pick(THINGS) + " " + pick(SYMPTOMS),
                        random.nextInt(4) == 0 ? null : complaint()),
                new Ticket.Triage(pick(PRIORITIES), status),
                new Ticket.Parties(account, contact(account)),
                new Ticket.Timeline(opened, resolved(status, opened)));
    }

    private String complaint() {
        return "We cannot %s the %s %s any more."
                .formatted(
                        faker.hacker().verb(), faker.hacker().adjective(), faker.hacker().noun());
    }

    private @Nullable UUID contact(UUID account) {
        List<UUID> known = contactsByAccount.getOrDefault(account, List.of());
        return known.isEmpty() || random.nextInt(10) == 0 ? null : pick(known);
    }

    private @Nullable Instant resolved(Status status, Instant opened) {
        return switch (status) {
            case OPEN, IN_PROGRESS, WAITING -> null;
            case RESOLVED, CLOSED -> opened.plusSeconds(random.nextLong(600, 2_000_000));
        };
    }

    private <E> E pick(List<E> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static <E extends Enum<E>> List<E> weighted(Map<E, Integer> weights) {
        return weights.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(entry -> Collections.nCopies(entry.getValue(), entry.getKey()).stream())
                .toList();
    }
}
