package dev.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.ChangeKind;
import dev.understudy.schemas.event.ChangeMetadata;
import dev.understudy.schemas.event.Position;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.SchemaFiles;
import dev.understudy.store.digest.DatabaseSide;
import dev.understudy.store.digest.Difference;
import dev.understudy.store.digest.DigestComparison;
import dev.understudy.store.digest.DigestOptions;
import dev.understudy.store.digest.DigestReport;
import dev.understudy.store.install.StoreSchema;
import dev.understudy.store.postgres.PostgresEntityStore;
import dev.understudy.store.subset.SubsetStore;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A digest of an owner and a target that keeps a part: the part is compared, and nothing else. */
@Timeout(120)
final class SubsetDigestIT {
    private static final String TYPE = "contoso.crm.Account";
    private static final DigestOptions OPTIONS =
            new DigestOptions(100, 1_000, 1_000, 1, Duration.ZERO);
    private static final List<String> TEXTS =
            List.of("a", "B", "ä", "Z", "", "o'clock", "it\\s", "\uFFEE", "\uD83D\uDE00", "zz");

    private final TestDatabase ownerDatabase = TestDatabase.withContoso();
    private final TestDatabase replicaDatabase = new TestDatabase();
    private final EntityStore owner =
            new PostgresEntityStore(ownerDatabase.dataSource(), Contoso.CATALOG, "us");

    @AfterEach
    void close() {
        ownerDatabase.close();
        replicaDatabase.close();
    }

    /** Who is outside is decided by SQL at the owner, and was by Java at the replica. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(name) where country in ('a', 'B')",
                "(name, website) where city not in ('Z', 'o''clock') and creditOnHold = false",
                "(name) where city < 'zz'",
                "where city >= '\uFFEE'",
                "where city > '\uD83D\uDE00' or name <= 'it\\s'",
                "(industry) where annualRevenue > 10.5 or employees is null",
                "(name) where employees <> 3 and annualRevenue <= 20",
                "(name) where accountId < '80000000-0000-4000-8000-000000000000'",
                "where createdOn >= '2026-11-21T10:00:00.5Z' and (city = 'a' or country = 'ä')",
                "where industry is not null and primaryContactId is null"
            })
    void partOfTheOwnersRowsIsAllThatIsCompared(String subset) {
        Catalog catalog = catalog(subset);
        EntityStore replica = replica(catalog);
        Random random = new Random(subset.hashCode());
        List<EntityContent> contents = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            contents.add(account(random));
        }
        owner.write(transaction -> {
            contents.forEach(content -> transaction.save(row(content, 1, RecordState.HYDRATED)));
            return true;
        });
        long inside = 0;
        for (Outcome outcome : apply(replica, catalog, contents)) {
            inside += outcome instanceof Outcome.Applied ? 1 : 0;
        }
        assertThat(inside).as("rows on both sides of the condition").isBetween(20L, 680L);

        DigestReport report = compare(catalog, catalog);

        assertThat(report.differences()).isEmpty();
        assertThat(report.agreed()).isEqualTo(inside);
        assertThat(compare(Contoso.CATALOG, catalog)).isEqualTo(withoutTheRest(report));
    }

    @Test
    void differencesInsideAndOutsideAreToldApart() {
        Catalog catalog = catalog("(name) where country = 'DE'");
        EntityStore replica = replica(catalog);
        EntityContent missing = save(account("DE"), 1);
        EntityContent absent = save(account("US"), 1);
        EntityContent placed = save(account("US"), 3);
        EntityContent left = save(account("US"), 2);
        EntityContent kept = save(account("US"), 4);
        EntityContent deletedOutside = save(account("US"), 1);
        replica.write(transaction -> transaction.place(List.of(id(catalog, placed))));
        apply(replica, catalog, List.of(placed));
        apply(replica, catalog, List.of(Contoso.with(left, "country", "DE")));
        apply(replica, catalog, List.of(Contoso.with(kept, "country", "DE")));
        replicaDatabase.execute(
                "UPDATE contoso_crm.account SET _version = 4 WHERE account_id = '%s'"
                        .formatted(kept.key().text()));

        assertThat(compare(Contoso.CATALOG, catalog).differences())
                .containsExactlyInAnyOrder(
                        new Difference.Missing(missing.key().text(), RecordState.HYDRATED, 1),
                        new Difference.OtherVersion(left.key().text(), 2, 1),
                        new Difference.Outside(kept.key().text(), 4));
        assertThat(
                        comparison(Contoso.CATALOG, catalog)
                                .compare(TYPE, Contoso.TIME.minusSeconds(1))
                                .differences())
                .filteredOn(Difference.InFlight.class::isInstance)
                .extracting(Difference::key)
                .containsExactlyInAnyOrder(missing.key().text(), left.key().text());
        save(EntityContent.ofKey(Contoso.ACCOUNT, deletedOutside.key()), 2, RecordState.DELETED);
        save(EntityContent.ofKey(Contoso.ACCOUNT, absent.key()), 2, RecordState.DELETED);
        assertThat(compare(Contoso.CATALOG, catalog).differences())
                .as("a deletion leaves its marker wherever the entity was")
                .hasSize(5);
    }

    private static DigestReport withoutTheRest(DigestReport report) {
        List<String> notCompared =
                Contoso.ACCOUNT.fields().stream()
                        .filter(field -> !field.equals(Contoso.ACCOUNT.key()))
                        .map(EntityField::name)
                        .filter(name -> !report.compared().contains(name))
                        .sorted()
                        .toList();
        return new DigestReport(
                report.type(),
                report.agreed(),
                report.compared(),
                notCompared,
                report.differences(),
                report.complete());
    }

    private static Catalog catalog(String subset) {
        return Catalog.of(
                List.of(
                        "us.contoso.crm.Account" + (subset.startsWith("(") ? "" : " ") + subset,
                        "us.contoso.crm.Contact"),
                new SchemaFiles(List.of("classpath:contoso")));
    }

    private EntityStore replica(Catalog catalog) {
        StoreSchema.install(replicaDatabase.dataSource(), catalog);
        return SubsetStore.over(replicaDatabase.dataSource(), catalog, "europe");
    }

    private DigestReport compare(Catalog atOwner, Catalog atReplica) {
        return comparison(atOwner, atReplica).compare(TYPE);
    }

    private DigestComparison comparison(Catalog atOwner, Catalog atReplica) {
        return new DigestComparison(
                new DatabaseSide(ownerDatabase.dataSource(), atOwner, 1),
                new DatabaseSide(replicaDatabase.dataSource(), atReplica, 1),
                OPTIONS);
    }

    private EntityContent save(EntityContent content, long version) {
        return save(content, version, RecordState.HYDRATED);
    }

    private EntityContent save(EntityContent content, long version, RecordState state) {
        owner.write(transaction -> {
            transaction.save(row(content, version, state));
            return true;
        });
        return content;
    }

    private static EntityRow row(EntityContent content, long version, RecordState state) {
        return new EntityRow(content, state, new Version(version), Contoso.TIME);
    }

    /** As their events come to a target, which reads the fields that it keeps. */
    private static List<Outcome> apply(
            EntityStore replica, Catalog catalog, List<EntityContent> contents) {
        EntityType kept = catalog.entry(TYPE).type();
        List<ChangeEvent> events = new ArrayList<>();
        for (EntityContent content : contents) {
            EntityContent narrow = EntityContent.ofKey(kept, content.key());
            for (EntityField field : kept.fields()) {
                EntityField whole = content.type().field(field.name()).orElseThrow();
                narrow = narrow.with(field, content.value(whole));
            }
            events.add(
                    new ChangeEvent(
                            narrow.key(),
                            narrow,
                            new ChangeMetadata(
                                    "us",
                                    ChangeKind.UPSERTED,
                                    new Version(1),
                                    new Position(1, 1),
                                    Contoso.TIME,
                                    Optional.empty())));
        }
        return replica.apply(events);
    }

    private static EntityId id(Catalog catalog, EntityContent content) {
        return new EntityId(catalog.entry(TYPE).type(), content.key());
    }

    private static EntityContent account(String country) {
        return Contoso.with(account(new Random()), "country", country);
    }

    private static EntityContent account(Random random) {
        EntityContent content =
                EntityContent.ofKey(
                        Contoso.ACCOUNT,
                        new EntityKey.OfUuid(new UUID(random.nextLong(), random.nextLong())));
        content = Contoso.with(content, "accountNumber", "N-" + random.nextLong());
        content = Contoso.with(content, "name", text(random));
        content = Contoso.with(content, "city", random.nextInt(4) == 0 ? null : text(random));
        content = Contoso.with(content, "country", random.nextInt(4) == 0 ? null : text(random));
        content = Contoso.with(content, "industry", random.nextBoolean() ? null : text(random));
        content = Contoso.with(content, "creditOnHold", random.nextBoolean());
        content =
                Contoso.with(
                        content, "employees", random.nextBoolean() ? null : random.nextLong(5));
        content =
                Contoso.with(
                        content,
                        "annualRevenue",
                        random.nextInt(4) == 0
                                ? null
                                : BigDecimal.valueOf(random.nextInt(3_000), 2));
        return Contoso.with(
                content,
                "createdOn",
                Instant.parse("2026-11-21T10:00:00Z").plusMillis(100L * random.nextInt(10)));
    }

    private static String text(Random random) {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }
}
