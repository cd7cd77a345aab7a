package dev.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.ChangeKind;
import dev.understudy.schemas.event.ChangeMetadata;
import dev.understudy.schemas.event.Position;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.Condition;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.Subset;
import dev.understudy.store.guard.Guards;
import dev.understudy.store.install.StoreSchema;
import dev.understudy.store.subset.SubsetStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whoever locks several rows does it in one order, of keys of every kind: batches, withdrawals,
 * writers and guards that cross each other, by references in cycles, never deadlock.
 */
@Seeded
@Timeout(120)
final class LockOrderIT {
    private static final Logger LOG = LoggerFactory.getLogger(LockOrderIT.class);
    private static final Duration LENGTH =
            Duration.ofSeconds(Integer.getInteger("test.lockOrderSeconds", 15));
    private static final int NAMES = 3;

    /**
     * Text, numeric and UTF-16 order are three: "-10" and "-9", "9" and "10", U+FFEE and U+1F600.
     */
    private static final List<String> PREFIXES =
            List.of("-", "", "1", "\uFFEE", "\uD83D\uDE00", "a");

    private final TestDatabase database = new TestDatabase();
    private final SqlStates failures = new SqlStates(database.dataSource());
    private final Catalog catalog =
            new Catalog(List.of(entry("Known"), entry("Named"), entry("Counted")));
    private final EntityStore store = SubsetStore.over(failures.dataSource(), catalog, "europe");
    private final AtomicLong versions = new AtomicLong();
    private final AtomicLong rounds = new AtomicLong();

    @BeforeEach
    void install() {
        StoreSchema.install(database.dataSource(), catalog);
        Guards.install(database.dataSource(), catalog);
        database.execute("CREATE TABLE visit (named text COLLATE \"C\", counted bigint)");
        for (String type : List.of("Named", "Counted")) {
            database.execute(
                    "SELECT understudy.guard('visit', '%s', 'locks.%s', each => 'statement')"
                            .formatted(type.toLowerCase(Locale.ROOT), type));
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void writersOfEveryKindNeverDeadlock(long seed) throws Exception {
        long end = System.nanoTime() + LENGTH.toNanos();
        List<Work> work =
                List.of(
                        this::apply,
                        this::apply,
                        this::withdraw,
                        this::withdraw,
                        this::place,
                        this::visit,
                        this::visit);
        List<Future<Long>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
            for (int i = 0; i < work.size(); i++) {
                Random random = new Random(seed + i);
                Work each = work.get(i);
                running.add(
                        threads.submit(() -> {
                            long done = 0;
                            for (; System.nanoTime() < end; done++) {
                                each.run(random);
                            }
                            return done;
                        }));
            }
        }
        List<Long> done = new ArrayList<>();
        for (Future<Long> each : running) {
            done.add(each.get());
        }
        LOG.info("{} done by each thread; failed and run again: {}", done, failures);
        assertThat(done).allMatch(count -> count > 10);
        assertThat(failures.count(SqlStates.DEADLOCK)).as("%s", failures).isZero();
    }

    private interface Work {
        void run(Random random) throws Exception;
    }

    private void apply(Random random) {
        store.apply(batch(random, "in"));
    }

    private void withdraw(Random random) {
        assertThat(store.apply(batch(random, "out"))).isNotEmpty();
    }

    private void place(Random random) {
        List<EntityId> ids = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            ids.add(some(random, catalog.types().get(random.nextInt(3))));
        }
        store.write(transaction -> transaction.place(ids));
    }

    private void visit(Random random) throws Exception {
        String column = random.nextBoolean() ? "named" : "counted";
        EntityType type = type(column.equals("named") ? "Named" : "Counted");
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            rows.add("('" + some(random, type).key().text() + "')");
        }
        try (var connection = failures.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO visit (%s) VALUES %s".formatted(column, String.join(", ", rows)));
        }
    }

    /** Every few hundred calls all keys are new, so that whoever comes first has to insert. */
    private List<ChangeEvent> batch(Random random, String note) {
        List<ChangeEvent> batch = new ArrayList<>();
        for (EntityType type : catalog.types()) {
            for (int i = 0; i < 5; i++) {
                EntityId id = some(random, type);
                EntityContent content = EntityContent.ofKey(type, id.key());
                for (EntityField reference : type.references()) {
                    EntityId other = some(random, catalog.target(reference));
                    content = content.with(reference, other.key().value());
                }
                content = Contoso.with(content, "note", note);
                batch.add(event(content));
            }
        }
        Collections.shuffle(batch, random);
        return batch;
    }

    private ChangeEvent event(EntityContent content) {
        long version = versions.incrementAndGet();
        return new ChangeEvent(
                content.key(),
                content,
                new ChangeMetadata(
                        "us",
                        ChangeKind.UPSERTED,
                        new Version(version),
                        new Position(1, version),
                        Contoso.TIME,
                        Optional.empty()));
    }

    private EntityId some(Random random, EntityType type) {
        long round = rounds.incrementAndGet() / 2_000;
        String prefix = PREFIXES.get(random.nextInt(PREFIXES.size()));
        long number = round * 100 + random.nextInt(NAMES);
        EntityKey key =
                switch (type.keyType()) {
                    case UUID -> new EntityKey.OfUuid(new UUID(prefix.hashCode() * 31L, number));
                    case STRING -> new EntityKey.OfString("r" + round + prefix + number);
                    case LONG ->
                            new EntityKey.OfLong(
                                    (prefix.equals("-") ? -1 : 1)
                                            * number
                                            * (long) Math.pow(10, prefix.hashCode() & 3));
                };
        return new EntityId(type, key);
    }

    private EntityType type(String name) {
        return catalog.entry("locks." + name).type();
    }

    private static CatalogEntry entry(String name) {
        String references =
                List.of("Known", "Named", "Counted").stream()
                        .map(target ->
                                """
                                {"name": "to%s", "type": ["null", %s], "default": null,
                                 "entity.references": "locks.%s"}
                                """
                                        .formatted(target, keyType(target), target))
                        .collect(Collectors.joining(", "));
        String schema =
                """
                {"type": "record", "name": "%s", "namespace": "locks", "entity.key": "id",
                 "entity.set": "%ss", "fields": [{"name": "id", "type": %s}, %s,
                 {"name": "note", "type": ["null", "string"], "default": null}]}
                """
                        .formatted(name, name, keyType(name), references);
        EntityType type = EntityType.of(new Schema.Parser().parse(schema));
        Condition condition = Condition.of(type, "note <> 'out'");
        return new CatalogEntry("us", type, new Subset(Set.of(), condition));
    }

    private static String keyType(String type) {
        return switch (type) {
            case "Named" -> "\"string\"";
            case "Counted" -> "\"long\"";
            default -> uuid();
        };
    }

    private static String uuid() {
        return "{\"type\": \"string\", \"logicalType\": \"uuid\"}";
    }
}
