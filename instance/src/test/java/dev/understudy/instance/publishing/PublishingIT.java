package dev.understudy.instance.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.instance.publishing.PublishingStatus.Phase;
import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.ChangeKind;
import dev.understudy.schemas.event.Position;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.store.EntityId;
import dev.understudy.store.RecordState;
import dev.understudy.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What comes out of committed writes. */
@Timeout(120)
final class PublishingIT {
    private final Owner owner = new Owner(Servers.shared());

    @AfterEach
    void close() {
        owner.close();
    }

    @Test
    void committedWritesComeOutInCommitOrder() throws Exception {
        List<EntityId> ids = List.of(owner.someAccount(), owner.someAccount(), owner.someAccount());
        try (Publishing publishing = owner.started()) {
            for (int round = 0; round < 20; round++) {
                ids.forEach(id -> owner.write(publishing, id));
            }
            Deadline.await("all is published", () -> publishing.status().published() == 60);
        }

        Map<EntityKey, List<ChangeEvent>> byKey = new HashMap<>();
        owner.topic()
                .events()
                .forEach(found ->
                        byKey.computeIfAbsent(found.event().key(), _ -> new ArrayList<>())
                                .add(found.event()));
        assertThat(byKey).hasSize(3);
        byKey.values()
                .forEach(events -> {
                    assertThat(events).hasSize(20);
                    assertThat(events.stream().map(ChangeEvent::version)).isSorted();
                    assertThat(events.stream().map(event -> event.metadata().position()))
                            .isSorted()
                            .doesNotHaveDuplicates();
                });
    }

    @Test
    void eventsCarryTheWrite() throws Exception {
        EntityId id = owner.someAccount();
        try (Publishing publishing = owner.started()) {
            owner.write(publishing, id);
            owner.write(publishing, id, RecordState.DELETED);
            Deadline.await("both are published", () -> publishing.status().published() == 2);
        }

        List<ChangeEvent> events = owner.topic().events().stream().map(Topic.Found::event).toList();
        assertThat(events.getFirst().content()).isEqualTo(owner.content(id, new Version(1)));
        assertThat(events.getFirst().metadata().kind()).isEqualTo(ChangeKind.UPSERTED);
        assertThat(events.getFirst().metadata().owner()).isEqualTo(owner.name);
        assertThat(events.getFirst().metadata().traceparent()).isEqualTo(Optional.of("00-trace"));
        assertThat(events.getLast().metadata().kind()).isEqualTo(ChangeKind.DELETED);
        assertThat(events.getLast().version()).isEqualTo(new Version(2));
        assertThat(events.getLast().metadata().time())
                .isEqualTo(owner.store.read(id).orElseThrow().changedAt());
    }

    @Test
    void positionIsThatOfTheCommit() throws Exception {
        EntityId id = owner.someAccount();
        try (Publishing publishing = owner.started()) {
            String before = owner.query("SELECT pg_current_wal_lsn()");
            owner.write(publishing, id);
            String after = owner.query("SELECT pg_current_wal_lsn()");
            Deadline.await("it is published", () -> publishing.status().published() == 1);

            Position position = owner.topic().events().getFirst().event().metadata().position();
            assertThat(position)
                    .isBetween(Position.parse("1:" + before), Position.parse("1:" + after));
        }
    }

    @Test
    void rolledBackWritesDoNotComeOut() throws Exception {
        EntityId id = owner.someAccount();
        EntityId rolledBack = owner.someAccount();
        try (Publishing publishing = owner.started()) {
            assertThatThrownBy(() ->
                            owner.store.write(transaction -> {
                                byte[] message = {1};
                                transaction.emit(WalMessage.PREFIX, message);
                                transaction.place(List.of(rolledBack));
                                throw new IllegalArgumentException("no");
                            }))
                    .isInstanceOf(IllegalArgumentException.class);
            owner.write(publishing, id);
            Deadline.await("one is published", () -> publishing.status().published() == 1);
        }

        assertThat(owner.topic().last()).containsOnlyKeys(id.key());
    }

    @Test
    void noWriteIsTakenBeforeTheSlotExists() {
        Publishing publishing = owner.publishing();

        assertThatThrownBy(() -> owner.write(publishing, owner.someAccount()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("slot");
        publishing.close();
    }

    @Test
    void registryIsNotNeededForKnownSchemas() throws Exception {
        try (Publishing publishing = owner.started()) {
            Deadline.await(
                    "it publishes", () -> publishing.status().phase() instanceof Phase.Connected);
            owner.servers.registry().pause();
            try {
                owner.write(publishing, owner.someAccount());
                Deadline.await("it is published", () -> publishing.status().published() == 1);
            } finally {
                owner.servers.registry().resume();
            }
        }
    }
}
