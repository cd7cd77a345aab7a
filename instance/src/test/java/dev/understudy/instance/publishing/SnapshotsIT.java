package dev.understudy.instance.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.instance.snapshot.Republication;
import dev.understudy.instance.snapshot.Snapshots;
import dev.understudy.instance.write.Refusal;
import dev.understudy.instance.write.RefusedWriteException;
import dev.understudy.store.EntityId;
import dev.understudy.store.postgres.StoredKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
    private final List<EntityId> written = new ArrayList<>();
    private final Set<EntityId> refused = ConcurrentHashMap.newKeySet();
    private final Set<EntityId> republished = ConcurrentHashMap.newKeySet();
    private Republication republication = new Republication(owner.store, (_, _, _, _) -> {});

    @BeforeEach
    void fill() throws Exception {
        try (Publishing publishing = owner.started()) {
            for (int i = 0; i < ROWS; i++) {
                EntityId id = owner.someAccount();
                owner.write(publishing, id);
                written.add(id);
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

    @Test
    void rowThatIsTooLargeIsLeftOutAndShown() throws Exception {
        EntityId tooLarge = written.get(ROWS / 2);
        refused.add(tooLarge);
        go.countDown();
        try (Snapshots snapshots = snapshots()) {
            snapshots.requireForEpoch(1);
            snapshots.start(() -> true, doneEpochs::add);
            Deadline.await("it is done", () -> state(1).equals("done"));
        }
        assertThat(republished).containsAll(written.subList(0, ROWS / 2)).hasSize(ROWS - 1);
        assertThat(republication.refused()).isEqualTo(1);
        assertThat(republication.leftOut()).containsExactly(tooLarge);

        refused.clear();
        republication.publish(List.of(tooLarge));
        assertThat(republication.leftOut()).isEmpty();
    }

    @Test
    void processThatDoesNotKnowATypeWaitsForOneThatDoes() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        go.countDown();
        try (Snapshots snapshots = snapshots()) {
            snapshots.requireForEpoch(1);
            owner.execute("UPDATE understudy.snapshot SET types = types || '{contoso.crm.Later}'");
            snapshots.start(() -> looks.incrementAndGet() > 0, doneEpochs::add);
            Deadline.await("it is at the later type", () -> atType().equals("1"));
            int before = looks.get();
            Deadline.await("it looks again", () -> looks.get() > before + 2);
        }
        assertThat(state(1)).isEqualTo("running");
        assertThat(rowsDone()).isEqualTo(String.valueOf(ROWS));
        assertThat(doneEpochs).isEmpty();
    }

    private Snapshots snapshots() {
        republication =
                new Republication(
                        owner.store,
                        (_, row, _, _) -> {
                            if (refused.contains(row.id())) {
                                throw new RefusedWriteException(
                                        new Refusal(Refusal.Reason.TOO_LARGE, "too large"));
                            }
                            republished.add(row.id());
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

    private String atType() throws Exception {
        return owner.query("SELECT at_type FROM understudy.snapshot");
    }

    private String rowsDone() throws Exception {
        return owner.query("SELECT max(rows_done) FROM understudy.snapshot");
    }

    private String state(long epoch) throws Exception {
        return owner.query("SELECT state FROM understudy.snapshot WHERE epoch = " + epoch);
    }
}
