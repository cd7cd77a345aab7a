package dev.understudy.lob.contoso;

import dev.understudy.lob.contoso.Contact.Details;
import dev.understudy.lob.contoso.Contact.Name;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import net.datafaker.Faker;

/** Makes plausible people at a company, one after the other, each from the company's region. */
final class ContactGenerator {

    private static final Duration KNOWN_SINCE = Duration.ofDays(1825);
    private static final LocalDate YOUNGEST = LocalDate.of(2004, 12, 31);

    private final Batch batch;
    private final Random random;
    private final List<Region> regions;

    ContactGenerator(Batch batch, Random random) {
        this.batch = batch;
        this.random = random;
        this.regions = Region.all(random);
    }

    Contact generate(int index, Account account) {
        Faker faker = faker(account);
        Name name = new Name(faker.name().firstName(), faker.name().lastName());
        return new Contact(
                batch.id("contact", index),
                name,
                account.accountId(),
                new Details(
                        email(index, name, account),
                        random.nextInt(5) == 0 ? null : faker.phoneNumber().phoneNumber(),
                        faker.job().title(),
                        random.nextInt(4) == 0
                                ? null
                                : YOUNGEST.minusDays(random.nextInt(40 * 365))),
                Batch.moment(random, KNOWN_SINCE));
    }

    private Faker faker(Account account) {
        String country = account.profile().presence().country();
        return regions.stream()
                .filter(region -> region.country().equals(country))
                .findFirst()
                .orElseThrow()
                .faker();
    }

    /** The batch and the index make it unique; the names alone would repeat. */
    private String email(int index, Name name, Account account) {
        return "%s.%s.%s-%d@%s.example"
                .formatted(
                        Slug.of(name.first()),
                        Slug.of(name.last()),
                        batch.tag(),
                        index + 1,
                        Slug.of(account.name()));
    }
}
