package dev.understudy.lob.contoso;

import dev.understudy.lob.contoso.Account.Links;
import dev.understudy.lob.contoso.Account.Presence;
import dev.understudy.lob.contoso.Account.Profile;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Makes plausible companies, one after the other: the same random state gives the same company. */
final class AccountGenerator {

    private static final Duration CUSTOMERS_SINCE = Duration.ofDays(3650);

    private final Batch batch;
    private final Random random;
    private final List<Region> regions;

    AccountGenerator(Batch batch, Random random) {
        this.batch = batch;
        this.random = random;
        this.regions = Region.all(random);
    }

    Account generate(int index, Links links) {
        Region region = regions.get(random.nextInt(regions.size()));
        String name = region.faker().company().name();
        return new Account(
                batch.id("account", index),
                "A-%s-%05d".formatted(batch.tag(), index + 1),
                name,
                links,
                profile(region, name),
                Batch.moment(random, CUSTOMERS_SINCE));
    }

    private Profile profile(Region region, String name) {
        // Mostly small companies, a few giants.
        int employees = (int) Math.round(Math.exp(1.5 + 7.5 * Math.pow(random.nextDouble(), 2)));
        long revenueCents = employees * random.nextLong(4_000_000L, 40_000_000L);
        return new Profile(
                region.faker().company().industry(),
                BigDecimal.valueOf(revenueCents, 2),
                employees,
                random.nextInt(20) == 0,
                new Presence(
                        region.faker().address().city(),
                        region.country(),
                        "https://www." + Slug.of(name) + ".example"));
    }
}
