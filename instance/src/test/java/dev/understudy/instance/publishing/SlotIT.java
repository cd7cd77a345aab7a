package dev.understudy.instance.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.instance.publishing.PublishingStatus.Phase;
import dev.understudy.schemas.event.ChangeKind;
import dev.understudy.schemas.event.Version;
import dev.understudy.store.EntityId;
import dev.understudy.store.RecordState;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The replication slot: kept, lost, and not holding what it need not. */
@Timeout(120)
final class SlotIT {
    private final Owner owner = new Owner(Servers.shared());

    @AfterEach
    void close() {
        owner.close();
    }

    @Test
    void restartGoesOnWhereItWas() throws Exception {
        EntityId id = owner.someAccount();
        try (Publishing publishing = owner.started()) {
            owner.write(publishing, id);
            Deadline.await("it is published", () -> publishing.status().published() == 1);
        }
        try (Publishing publishing = owner.started()) {
            owner.write(publishing, id);
            Deadline.await("it is published", () -> publishing.status().published() == 1);
        }

        assertThat(owner.topic().events().stream().map(found -> found.event().version().number()))
                .containsExactly(1L, 2L);
        assertThat(epoch()).isEqualTo("1");
    }

    @Test
    void lostSlotRaisesTheEpochAndPublishesAllAgain() throws Exception {
        EntityId kept = owner.someAccount();
        EntityId deleted = owner.someAccount();
        EntityId missed = owner.someAccount();
        try (Publishing publishing = owner.started()) {
            owner.write(publishing, kept);
            owner.write(publishing, kept);
            owner.write(publishing, deleted);
            owner.write(publishing, deleted, RecordState.DELETED);
            Deadline.await("all is published", () -> publishing.status().published() == 4);
        }
        owner.execute("SELECT pg_drop_replication_slot('" + owner.slot() + "')");
        writeWithoutSlot(missed);

        try (Publishing publishing = owner.started()) {
            Deadline.await("all rows are published", () -> publishing.status().published() == 3);
            Deadline.await("that is noted", () -> pending().equals("f"));
        }

        assertThat(epoch()).isEqualTo("2");
        assertThat(owner.topic().last())
                .containsEntry(kept.key(), new Version(2))
                .containsEntry(deleted.key(), new Version(2))
                .containsEntry(missed.key(), new Version(1))
                .hasSize(3);
        List<Topic.Found> again =
                owner.topic().events().stream()
                        .filter(found -> found.event().metadata().position().epoch() == 2)
                        .toList();
        assertThat(again).hasSize(3);
        assertThat(again)
                .filteredOn(found -> found.event().key().equals(deleted.key()))
                .allMatch(found -> found.event().metadata().kind() == ChangeKind.DELETED);
        assertThat(again)
                .filteredOn(found -> found.event().key().equals(kept.key()))
                .allMatch(found ->
                        found.event().content().equals(owner.content(kept, new Version(2))));
    }

    @Test
    void slotLostBesideARunningPublisherIsRepaired() throws Exception {
        EntityId id = owner.someAccount();
        try (Publishing publishing = owner.started()) {
            owner.write(publishing, id);
            Deadline.await("it is published", () -> publishing.status().published() == 1);
            owner.execute(
                    """
                    SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots
                    WHERE slot_name = '%1$s';
                    DO $$ BEGIN
                        FOR i IN 1..100 LOOP
                            BEGIN
                                PERFORM pg_drop_replication_slot('%1$s');
                                EXIT;
                            EXCEPTION WHEN object_in_use THEN PERFORM pg_sleep(0.01);
                            END;
                        END LOOP;
                    END $$
                    """
                            .formatted(owner.slot()));
            owner.write(publishing, id);
            Deadline.await(
                    "version 2 is published",
                    () -> owner.topic().last().get(id.key()).equals(new Version(2)));
            assertThat(epoch()).isEqualTo("2");
            assertThat(publishing.status().phase()).isEqualTo(new Phase.Connected(2));
        }
    }

    @Test
    void interruptedRepublishingIsResumed() throws Exception {
        EntityId id = owner.someAccount();
        try (Publishing publishing = owner.started()) {
            owner.write(publishing, id);
            Deadline.await("it is published", () -> publishing.status().published() == 1);
        }
        owner.execute("UPDATE understudy.publisher_epoch SET republish_pending = true");

        try (Publishing publishing = owner.started()) {
            Deadline.await("it is published again", () -> publishing.status().published() == 1);
            Deadline.await("that is noted", () -> pending().equals("f"));
        }
        assertThat(epoch()).isEqualTo("1");
    }

    @Test
    void anotherTimelineIsShownInTheStatus() throws Exception {
        try (Publishing publishing = owner.started()) {
            assertThat(publishing.status().isRestored()).isFalse();
        }
        owner.execute("UPDATE understudy.publisher_epoch SET timeline = timeline + 1");

        try (Publishing publishing = owner.started()) {
            assertThat(publishing.status().isRestored()).isTrue();
        }
        assertThat(epoch()).isEqualTo("2");
    }

    @Test
    void unrelatedWalIsNotHeld() throws Exception {
        owner.execute("CREATE TABLE unrelated (id bigint, text text)");
        try (Publishing publishing = owner.started()) {
            Deadline.await(
                    "it publishes", () -> publishing.status().phase() instanceof Phase.Connected);
            owner.execute(
                    "INSERT INTO unrelated SELECT i, repeat('x', 100) FROM generate_series(1,"
                            + " 50000) i");
            String written = owner.query("SELECT pg_current_wal_lsn()");

            Deadline.await(
                    "the slot is past it",
                    () ->
                            owner.query(
                                            "SELECT confirmed_flush_lsn >= '%s' FROM pg_replication_slots WHERE slot_name = '%s'"
                                                    .formatted(written, owner.slot()))
                                    .equals("t"));
            assertThat(publishing.status().published()).isZero();
        }
    }

    /** What another service version, or a person, might do. */
    private void writeWithoutSlot(EntityId id) {
        try (Publishing publishing = owner.publishing()) {
            publishing.status().accept();
            owner.write(publishing, id);
        }
    }

    private String epoch() throws Exception {
        return owner.query("SELECT epoch FROM understudy.publisher_epoch");
    }

    private String pending() throws Exception {
        return owner.query("SELECT republish_pending FROM understudy.publisher_epoch");
    }
}
