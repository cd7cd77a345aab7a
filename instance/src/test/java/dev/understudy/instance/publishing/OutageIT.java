package dev.understudy.instance.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.instance.publishing.PublishingStatus.Phase;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.store.EntityRow;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Parts fail beneath a load: nothing is lost, and each key's last record is its highest version.
 */
@Timeout(240)
final class OutageIT {
    private static final int ENTITIES = 40;
    private static final Duration PAUSE = Duration.ofMillis(5);

    private static final Servers SERVERS = Servers.own();

    private final Owner owner = new Owner(running());
    private final AtomicReference<Publishing> process = new AtomicReference<>();

    @BeforeEach
    void start() throws Exception {
        process.set(owner.started());
    }

    @AfterEach
    void close() {
        process.get().close();
        owner.close();
    }

    @AfterAll
    static void closeServers() {
        SERVERS.close();
    }

    /** Also after a test that has failed while one was away. */
    private static Servers running() {
        SERVERS.postgres().start();
        SERVERS.kafka().start();
        return SERVERS;
    }

    @Test
    void killedKafkaLosesNothing() throws Exception {
        try (WriteLoad load = load()) {
            for (int round = 0; round < 2; round++) {
                published(load, 300);
                SERVERS.kafka().kill();
                written(load, 300);
                SERVERS.kafka().start();
                published(load, 300);
            }
            SERVERS.kafka().pause();
            written(load, 300);
            SERVERS.kafka().resume();
            published(load, 300);
            verify(load);
        }
    }

    @Test
    void killedDatabaseLosesNothing() throws Exception {
        try (WriteLoad load = load()) {
            for (int round = 0; round < 3; round++) {
                published(load, 200);
                SERVERS.postgres().kill();
                SERVERS.postgres().start();
                written(load, 200);
            }
            verify(load);
        }
    }

    @Test
    void publishersComeAndGo() throws Exception {
        try (WriteLoad load = load()) {
            for (int round = 0; round < 4; round++) {
                published(load, 100);
                Publishing before = process.getAndSet(owner.started());
                written(load, 20);
                before.close();
                published(load, 50);
                owner.execute(
                        "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots"
                                + " WHERE active");
            }
            verify(load);
        }
    }

    @Test
    void writesGoOnFromTheStartWithoutKafka() throws Exception {
        process.get().close();
        SERVERS.kafka().stop();
        process.set(owner.started());
        try (WriteLoad load = load()) {
            written(load, 200);
            Deadline.await(
                    "the outage shows", () -> process.get().status().phase() instanceof Phase.Away);
            SERVERS.kafka().start();
            verify(load);
        }
    }

    private WriteLoad load() {
        return new WriteLoad(owner, process::get, 3, ENTITIES, PAUSE);
    }

    private void written(WriteLoad load, int more) throws Exception {
        long until = load.writes() + more;
        Deadline.await(more + " more writes", () -> load.writes() >= until);
    }

    private void published(WriteLoad load, int more) throws Exception {
        written(load, more);
        long until = process.get().status().published() + more;
        Deadline.await(
                more + " more events",
                () ->
                        process.get().status().published() >= until
                                || process.get().status().phase() instanceof Phase.Standby);
    }

    /** The database is the truth; what a writer was told is in it; the topic ends as it. */
    private void verify(WriteLoad load) throws Exception {
        load.close();
        Map<EntityKey, Version> stored = new HashMap<>();
        for (EntityRow row : owner.store.page(owner.account, Optional.empty(), ENTITIES)) {
            stored.put(row.content().key(), row.version());
        }
        load.accepted()
                .forEach((key, version) ->
                        assertThat(stored.get(key)).isNotNull().isGreaterThanOrEqualTo(version));
        Deadline.await("the topic ends as the database", () -> owner.topic().last().equals(stored));
        everyVersionIsThereOnceInOrder(stored);
        assertThat(owner.query("SELECT epoch FROM understudy.publisher_epoch")).isEqualTo("1");
    }

    /** The first appearances of a key's versions rise by one: none is missing, none overtakes. */
    private void everyVersionIsThereOnceInOrder(Map<EntityKey, Version> stored)
            throws SQLException {
        Map<EntityKey, Long> seen = new HashMap<>();
        List<Topic.Found> events = owner.topic().events();
        for (Topic.Found found : events) {
            long version = found.event().version().number();
            long before = seen.getOrDefault(found.event().key(), 0L);
            assertThat(version).isLessThanOrEqualTo(before + 1);
            seen.put(found.event().key(), Math.max(before, version));
        }
        stored.forEach((key, version) -> assertThat(seen).containsEntry(key, version.number()));
    }
}
