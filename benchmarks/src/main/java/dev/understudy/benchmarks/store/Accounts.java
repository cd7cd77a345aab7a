package dev.understudy.benchmarks.store;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.SchemaFiles;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows, the same in every run: accounts of contoso in no order of keys. The first ones are
 * parents; each of the others has one of these for its parent.
 *
 * @param parents how many parents there are
 */
public record Accounts(int parents) {
    public static final Catalog CATALOG =
            Catalog.of(
                    List.of(
                            "us.contoso.crm.Account",
                            "us.contoso.crm.Contact",
                            "europe.contoso.crm.Ticket"),
                    new SchemaFiles(List.of("classpath:contoso")));
    public static final EntityType TYPE = CATALOG.entry("contoso.crm.Account").type();

    private static final List<String> INDUSTRIES =
            List.of("Wholesale", "Manufacturing", "Consulting", "Retail", "Transportation");
    private static final List<String> CITIES =
            List.of("Redmond", "Toulouse", "Regensburg", "Osaka", "Recife", "Cork", "Aarhus");
    private static final List<String> COUNTRIES = List.of("US", "FR", "DE", "JP", "BR", "IE", "DK");

    /** The events of these rows, from one index to before another. */
    List<ChangeEvent> events(int from, int to, long version) {
        return IntStream.range(from, to).mapToObj(index -> event(index, version)).toList();
    }

    /** What the owner publishes of one account at a version. */
    public ChangeEvent event(int index, long version) {
        long random = mixed(index + version * 1_000_003);
        @Nullable Object[] values = {
            key(index),
            "ACC-%08d".formatted(index),
            "Contoso subsidiary " + index + " of " + CITIES.get((int) (random & 3)),
            index < parents ? null : key((int) Long.remainderUnsigned(mixed(-index), parents)),
            null,
            pick(INDUSTRIES, random),
            BigDecimal.valueOf(random & 0xFFF_FFFF_FFFFL, 2),
            (random >>> 20) & 0xFFFF,
            (random & 64) == 0,
            pick(CITIES, random >>> 8),
            pick(COUNTRIES, random >>> 16),
            "https://www.example.com/subsidiaries/" + index,
            Published.TIME.plusMillis(index)
        };
        return Published.event(EntityContent.of(TYPE, values), index, version);
    }

    /** The key of the account of an index. */
    public static UUID key(int index) {
        long high = (mixed(index * 2L) & ~0xF000L) | 0x4000L;
        long low = (mixed(index * 2L + 1) >>> 2) | (1L << 63);
        return new UUID(high, low);
    }

    private static String pick(List<String> some, long random) {
        return some.get((int) Long.remainderUnsigned(random, some.size()));
    }

    /** The finaliser of SplitMix64, by Vigna. */
    private static long mixed(long number) {
        long z = (number + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
