package dev.understudy.lob.load;

import dev.understudy.lob.client.Body;
import dev.understudy.lob.contoso.Account;
import dev.understudy.lob.contoso.Batch;
import dev.understudy.lob.contoso.Directory;
import dev.understudy.lob.contoso.ReferenceData;
import dev.understudy.lob.contoso.Ticket;
import dev.understudy.lob.contoso.Tickets;
import dev.understudy.lob.load.Population.Customer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The entities of a run: those that are there before it, and those that operations make. Keys come
 * from the seed, the run and the operation's number. Thread-safe.
 */
final class LoadData {

    private static final int CONTACTS_PER_ACCOUNT = 2;
    private static final int TICKET_PATTERNS = 500;

    private final String tag;
    private final ReferenceData base;
    private final List<Ticket> ticketPatterns;

    LoadData(LoadSettings.Data settings) {
        Batch batch = new Batch(settings.seed(), settings.run());
        tag = Long.toUnsignedString(settings.seed(), Character.MAX_RADIX) + "-" + settings.run();
        base =
                ReferenceData.generate(
                        batch, settings.accounts(), CONTACTS_PER_ACCOUNT * settings.accounts());
        ticketPatterns =
                Tickets.generate(
                        batch, TICKET_PATTERNS, Directory.of(base.accounts(), base.contacts()));
    }

    /** What is at the source before the first operation. */
    ReferenceData base() {
        return base;
    }

    Account account(int number, @Nullable UUID parent) {
        Account pattern = base.accounts().get(number % base.accounts().size());
        return new Account(
                id("account", number),
                "L-%s-%06d".formatted(tag, number + 1),
                pattern.name(),
                new Account.Links(parent, null),
                pattern.profile(),
                now());
    }

    Ticket ticket(int number, Customer about, RandomGenerator random) {
        Ticket pattern = ticketPatterns.get(number % ticketPatterns.size());
        List<UUID> contacts = about.contactIds();
        UUID contact = contacts.isEmpty() ? null : contacts.get(random.nextInt(contacts.size()));
        Instant now = now();
        return new Ticket(
                id("ticket", number),
                "LT-%s-%06d".formatted(tag, number + 1),
                pattern.subject(),
                pattern.triage(),
                new Ticket.Parties(about.accountId(), contact),
                new Ticket.Timeline(now, pattern.timeline().resolvedOn() == null ? null : now));
    }

    Body accountChange(RandomGenerator random) {
        Account pattern = base.accounts().get(random.nextInt(base.accounts().size()));
        return new Body()
                .number("employees", random.nextInt(1, 100_000))
                .text("city", pattern.profile().presence().city());
    }

    private UUID id(String type, int number) {
        return UUID.nameUUIDFromBytes(
                ("load/" + type + "/" + tag + "/" + number).getBytes(StandardCharsets.UTF_8));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
