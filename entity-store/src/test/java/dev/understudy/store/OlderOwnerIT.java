package dev.understudy.store;

import static dev.understudy.store.Contoso.with;
import static dev.understudy.store.Shop.FIRST;
import static dev.understudy.store.Shop.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.store.install.StoreSchema;
import dev.understudy.store.postgres.PostgresEntityStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
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
    void anEventTellsWhatIsThereWhileTheNewColumnsAreNot() {
        database.execute(
                "UPDATE understudy.entity_type SET fingerprint = 'newer', schema = '%s'"
                        .formatted(second.type().schema()));

        assertThat(write(older, first.item("a", "one"), 1)).isEqualTo(first.item("a", "one"));
        assertThat(older.lostRaces()).isEqualTo(1);
        StoreSchema.install(database.dataSource(), second.catalog());
        assertThat(write(older, first.item("a", "two"), 2))
                .isEqualTo(with(second.item("a", "two"), "grade", "none"));
    }

    /** Writes a row as an owner does; returns the content of its event. */
    private static EntityContent write(EntityStore store, EntityContent content, long version) {
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
            PublishedContent told = transaction.asInstalled(row);
            transaction.emit("test", "changed".getBytes(StandardCharsets.UTF_8), told);
            return told.content();
        });
    }
}
