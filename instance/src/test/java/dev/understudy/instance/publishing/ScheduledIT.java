package dev.understudy.instance.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.instance.batch.Schedules;
import dev.understudy.schemas.event.Version;
import dev.understudy.store.EntityId;
import dev.understudy.store.RecordState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Accounts are published by a schedule that is far away, unless a test says that it has come. */
@Timeout(60)
final class ScheduledIT {
    private static final String ONCE_A_YEAR = "0 3 1 1 *";

    private final Owner owner =
            new Owner(Servers.shared(), new Schedules(Map.of("contoso.crm.Account", ONCE_A_YEAR)));
    private final Heartbeats heartbeats = new Heartbeats(owner);

    @AfterEach
    void close() {
        owner.close();
    }

    @Test
    void writesWaitForTheBatchWhichPublishesTheirLastVersions() throws Exception {
        EntityId changed = owner.someAccount();
        EntityId deleted = owner.someAccount();
        try (Publishing publishing = owner.started()) {
            owner.write(publishing, changed);
            owner.write(publishing, changed);
            owner.write(publishing, deleted);
            owner.write(publishing, deleted, RecordState.DELETED);
            heartbeats.awaitAfter(Instant.now());
            assertThat(publishing.status().published()).isZero();
            assertThat(waiting()).isEqualTo("2");
            assertThat(speaksOfAccounts(lastHeartbeat())).isFalse();

            makeDue();
            Deadline.await("the batch is published", () -> publishing.status().published() == 2);
            assertThat(waiting()).isEqualTo("0");
            heartbeats.awaitAfter(Instant.now());
            assertThat(speaksOfAccounts(lastHeartbeat())).isTrue();
        }
        assertThat(owner.topic().events())
                .extracting(
                        found -> found.event().key(), found -> found.event().metadata().version())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(changed.key(), new Version(2)),
                        org.assertj.core.groups.Tuple.tuple(deleted.key(), new Version(2)));
    }

    @Test
    void whoAsksIsAnsweredAtOnceAndTheBatchLeavesThatOut() throws Exception {
        EntityId asked = owner.someAccount();
        EntityId other = owner.someAccount();
        try (Publishing publishing = owner.started()) {
            owner.write(publishing, asked);
            owner.write(publishing, other);
            assertThat(publishing.republication().publish(List.of(asked))).containsExactly(asked);
            Deadline.await("it is published", () -> publishing.status().published() == 1);
            assertThat(waiting()).isEqualTo("1");
            makeDue();
            Deadline.await("so is the other", () -> publishing.status().published() == 2);
            assertThat(waiting()).isEqualTo("0");
        }
    }

    @Test
    void batchThatWasMissedIsMadeUpForByTheNextProcess() throws Exception {
        try (Publishing publishing = owner.started()) {
            owner.write(publishing, owner.someAccount());
            Deadline.await("the schedule is noted", () -> batches().equals("1"));
        }
        makeDue();
        try (Publishing publishing = owner.started()) {
            Deadline.await("it is published", () -> publishing.status().published() == 1);
        }
    }

    /** As if the last batch had been two years ago. */
    private void makeDue() throws Exception {
        Deadline.await("the schedule is noted", () -> batches().equals("1"));
        owner.execute("UPDATE understudy.batch SET last_at = now() - interval '2 years'");
    }

    private String batches() throws Exception {
        return owner.query("SELECT count(*) FROM understudy.batch");
    }

    private String waiting() throws Exception {
        return owner.query("SELECT count(*) FROM understudy.unpublished");
    }

    private GenericRecord lastHeartbeat() {
        return heartbeats.all().getLast();
    }

    private boolean speaksOfAccounts(GenericRecord heartbeat) {
        return ((Map<?, ?>) heartbeat.get("nextOffsets"))
                .keySet().stream()
                        .anyMatch(topic -> topic.toString().equals(owner.topic().entry().topic()));
    }
}
