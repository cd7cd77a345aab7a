package dev.understudy.instance.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.instance.snapshot.Republication;
import dev.understudy.instance.snapshot.Snapshots;
import dev.understudy.store.EntityId;
import dev.understudy.store.postgres.StoredKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rows that are published again; who asks and how over HTTP is for the system's tests. */
@Timeout(60)
final class SnapshotsIT {
    private static final int ROWS = 250;

    private final Owner owner = new Owner(Servers.shared());
    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicInteger emitted = new AtomicInteger();
    private final List<Long> doneEpochs = new ArrayList<>();

    @BeforeEach
    void fill() throws Exception {
        try (Publishing publishing = owner.started()) {
            for (int i = 0; i < ROWS; i++) {
                EntityId id = owner.someAccount();
                owner.write(publishing, id);
            }
            Deadline.await("all are published", () -> publishing.status().published() == ROWS);
        }
    }

    @AfterEach
    void close() {
        owner.close();
    }

    @Test
    void anotherProcessGoesOnWhereOneEnded() throws Exception {
        Snapshots first = snapshots();
        first.requireForEpoch(1);
        first.start(() -> emitted.get() < 100, doneEpochs::add);
        go.countDown();
        Deadline.await("a page is noted", () -> rowsDone().equals("100"));
        first.close();

        try (Snapshots second = snapshots()) {
            second.requireForEpoch(1);
            second.start(() -> true, doneEpochs::add);
            Deadline.await("it is done", () -> state(1).equals("done"));
        }
        assertThat(emitted).hasValue(ROWS);
        assertThat(rowsDone()).isEqualTo(String.valueOf(ROWS));
        assertThat(doneEpochs).containsExactly(1L);
    }

    @Test
    void passOfAnEarlierEpochIsNotDoneForALaterOne() throws Exception {
        try (Snapshots snapshots = snapshots()) {
            snapshots.requireForEpoch(1);
            snapshots.start(() -> true, doneEpochs::add);
            Deadline.await("it is at the first row", () -> emitted.get() == 1);
            snapshots.requireForEpoch(2);
            assertThat(state(1)).isEqualTo("cancelled");
            go.countDown();
            Deadline.await("the later one is done", () -> state(2).equals("done"));
        }
        assertThat(emitted.get()).isGreaterThanOrEqualTo(ROWS + 1);
        assertThat(doneEpochs).containsExactly(2L);
    }

    @Test
    void nothingIsEmittedWhileNothingIsPublished() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        go.countDown();
        try (Snapshots snapshots = snapshots()) {
            snapshots.requireForEpoch(1);
            snapshots.start(() -> asked.incrementAndGet() < 0, doneEpochs::add);
            Deadline.await("it looks again", () -> asked.get() > 2);
        }
        assertThat(emitted).hasValue(0);
        assertThat(state(1)).isEqualTo("running");
    }

    private Snapshots snapshots() {
        Republication republication =
                new Republication(
                        owner.store,
                        (_, _, _, _) -> {
                            emitted.incrementAndGet();
                            awaitGo();
                        });
        Snapshots snapshots =
                new Snapshots(
                        owner.pool,
                        new Snapshots.Rows(
                                new StoredKeys(owner.pool, owner.catalog), republication),
                        List.of(owner.account),
                        100_000);
        snapshots.prepare();
        return snapshots;
    }

    private void awaitGo() {
        try {
            assertThat(go.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String rowsDone() throws Exception {
        return owner.query("SELECT max(rows_done) FROM understudy.snapshot");
    }

    private String state(long epoch) throws Exception {
        return owner.query("SELECT state FROM understudy.snapshot WHERE epoch = " + epoch);
    }
}
