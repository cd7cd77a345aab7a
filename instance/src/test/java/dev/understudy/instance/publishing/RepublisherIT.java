package dev.understudy.instance.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.store.EntityId;
import dev.understudy.store.postgres.StoredKeys;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class RepublisherIT {
    private final Owner owner = new Owner(Servers.shared());
    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicInteger emitted = new AtomicInteger();

    @AfterEach
    void close() {
        owner.close();
    }

    @Test
    void passOfAnEarlierEpochDoesNotClearALaterOne() throws Exception {
        EntityId id = owner.someAccount();
        try (Publishing publishing = owner.started()) {
            owner.write(publishing, id);
            Deadline.await("it is published", () -> publishing.status().published() == 1);
        }
        owner.execute("UPDATE understudy.publisher_epoch SET republish_pending = true");
        Republisher republisher = republisher();
        republisher.start(1);
        Deadline.await("it is at the row", () -> emitted.get() == 1);
        owner.execute("UPDATE understudy.publisher_epoch SET epoch = 2");
        go.countDown();
        Deadline.await("its pass has ended", RepublisherIT::isNoneRunning);

        assertThat(emitted).hasValue(1);
        assertThat(pending()).isEqualTo("t");

        republisher.start(2);
        Deadline.await("it is noted as done", () -> pending().equals("f"));
        assertThat(emitted).hasValue(2);
        republisher.stop();
    }

    private Republisher republisher() {
        StoredKeys keys = new StoredKeys(owner.pool, owner.catalog);
        SlotKeeper slots =
                new SlotKeeper(
                        owner.pool,
                        SlotSql.of(owner.name),
                        WalSchemas.in(owner.pool),
                        owner.catalog.types(),
                        () -> false);
        return new Republisher(
                owner.store,
                keys::page,
                (_, _, _, _) -> {
                    emitted.incrementAndGet();
                    awaitGo();
                },
                slots,
                List.of(owner.account),
                Duration.ofMillis(50));
    }

    private void awaitGo() {
        try {
            assertThat(go.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isNoneRunning() {
        return Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("understudy-republisher"));
    }

    private String pending() throws Exception {
        return owner.query("SELECT republish_pending FROM understudy.publisher_epoch");
    }
}
