package dev.understudy.instance.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.understudy.instance.write.Refusal;
import dev.understudy.instance.write.RefusedWriteException;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.RecordState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rows about as large as Kafka takes them. */
@Timeout(120)
final class LargeRowIT {
    private final Owner owner = new Owner(Servers.shared());

    @AfterEach
    void close() {
        owner.close();
    }

    @Test
    void rowThatKafkaWouldNotTakeIsRefusedAndTheLargestOneIsPublished() throws Exception {
        EntityId large = owner.someAccount();
        EntityId tooLarge = owner.someAccount();
        try (Publishing publishing = owner.started()) {
            assertThatExceptionOfType(RefusedWriteException.class)
                    .isThrownBy(() ->
                            write(publishing, tooLarge, WalChangePublication.MAX_MESSAGE_BYTES))
                    .matches(e -> e.refusal().reason() == Refusal.Reason.TOO_LARGE);
            assertThat(owner.store.read(tooLarge)).isEmpty();

            write(publishing, large, WalChangePublication.MAX_MESSAGE_BYTES - 300);
            owner.write(publishing, large);
            Deadline.await(
                    "both are published",
                    () -> new Version(2).equals(owner.topic().last().get(large.key())));
        }
        assertThat(owner.topic().last()).containsEntry(large.key(), new Version(2)).hasSize(1);
    }

    private void write(Publishing publishing, EntityId id, int nameBytes) {
        String name =
                new Random(7)
                        .ints(nameBytes, ' ', '~')
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
        owner.store.write(transaction -> {
            transaction.lock(id);
            EntityContent content =
                    owner.content(id, new Version(1))
                            .with(owner.account.field("name").orElseThrow(), name);
            EntityRow row =
                    new EntityRow(
                            content,
                            RecordState.HYDRATED,
                            new Version(1),
                            Instant.now().truncatedTo(ChronoUnit.MICROS));
            transaction.save(row);
            publishing.publication().publish(transaction, row, content, Optional.empty());
            return true;
        });
    }
}
