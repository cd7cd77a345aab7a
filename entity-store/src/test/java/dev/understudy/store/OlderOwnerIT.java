package dev.understudy.store;

import static dev.understudy.store.Contoso.with;
import static dev.understudy.store.Shop.FIRST;
import static dev.understudy.store.Shop.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.install.StoreSchema;
import dev.understudy.store.postgres.PostgresEntityStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an owner's process says of its rows when a newer one has changed the table beside it. */
@Timeout(120)
final class OlderOwnerIT {
    private final TestDatabase database = new TestDatabase();
    private final Shop first = Shop.of(FIRST);
    private final Shop second = Shop.of(SECOND);
    private PostgresEntityStore older;

    @BeforeEach
    void start() {
        StoreSchema.install(database.dataSource(), first.catalog());
        older = new PostgresEntityStore(database.dataSource(), first.catalog(), "us");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void anEventTellsWhatTheNewerServiceHasAdded() {
        write(older, first.item("a", "one"), 1);
        StoreSchema.install(database.dataSource(), second.catalog());
        EntityStore newer = new PostgresEntityStore(database.dataSource(), second.catalog(), "us");
        write(newer, with(second.item("a", "two"), "grade", "high"), 2);

        EntityContent told = write(older, first.item("a", "three"), 3);

        assertThat(told).isEqualTo(with(second.item("a", "three"), "grade", "high"));
        assertThat(newer.read(second.id("a")).orElseThrow().content()).isEqualTo(told);
        assertThat(older.lostRaces()).isEqualTo(1);
        assertThat(write(older, first.item("b", "fresh"), 1))
                .isEqualTo(with(second.item("b", "fresh"), "grade", "none"));
        assertThat(older.lostRaces()).isEqualTo(1);
    }

    @Test
    void anEventTellsWhatIsThereWhileTheNewestColumnsAreNot() {
        write(older, first.item("a", "one"), 1);
        record(second);

        assertThat(write(older, first.item("a", "two"), 2)).isEqualTo(first.item("a", "two"));
        assertThat(older.lostRaces()).isEqualTo(1);

        StoreSchema.install(database.dataSource(), second.catalog());
        record(
                Shop.of(
                        SECOND
                                + ", {\"name\": \"third\", \"type\": \"string\", \"default\": \"x\"}"));
        assertThat(write(older, first.item("a", "three"), 3))
                .isEqualTo(with(second.item("a", "three"), "grade", "none"));
    }

    @Test
    void anEventIsOfTheOwnSchemaUntilTheNewerOneMayBeTold() {
        StoreSchema.install(database.dataSource(), second.catalog());

        EntityContent content = first.item("a", "one");
        assertThat(write(older, content, 1, type -> !type.equals(second.type())))
                .isEqualTo(content);
        assertThat(write(older, content, 2)).isNotEqualTo(content);
    }

    /** A schema as its installation leaves it before its columns are there. */
    private void record(Shop shop) {
        String schema = shop.type().schema().toString();
        database.execute(
                """
                UPDATE understudy.entity_type SET fingerprint = md5('%1$s'), schema = '%1$s'
                """
                        .formatted(schema));
        database.execute(
                """
                INSERT INTO understudy.entity_schema (full_name, fingerprint, schema)
                SELECT full_name, fingerprint, schema FROM understudy.entity_type
                """);
    }

    /** Writes a row as an owner does; returns the content of its event. */
    private static EntityContent write(EntityStore store, EntityContent content, long version) {
        return write(store, content, version, _ -> true);
    }

    private static EntityContent write(
            EntityStore store,
            EntityContent content,
            long version,
            Predicate<EntityType> mayBeTold) {
        EntityRow row =
                new EntityRow(
                        content,
                        RecordState.HYDRATED,
                        new Version(version),
                        Instant.EPOCH,
                        List.of());
        return store.write(transaction -> {
            transaction.lock(row.id());
            transaction.save(row);
            PublishedContent told = transaction.asInstalled(row, mayBeTold);
            transaction.emit("test", "changed".getBytes(StandardCharsets.UTF_8), told);
            return told.content();
        });
    }
}
