package dev.understudy.instance.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.sandbox.PostgresServer;
import dev.understudy.sandbox.ServerOptions;
import dev.understudy.schemas.event.Version;
import dev.understudy.store.EntityId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A slot that held more WAL than the server allows. */
@Timeout(120)
final class InvalidatedSlotIT {
    @Test
    void slotThatLostItsWalIsReplacedAndAllIsPublishedAgain() throws Exception {
        ServerOptions small = ServerOptions.defaults().withSetting("max_slot_wal_keep_size", "1MB");
        try (PostgresServer postgres = PostgresServer.open(small);
                Owner owner =
                        new Owner(
                                new Servers(
                                        postgres,
                                        Servers.shared().kafka(),
                                        Servers.shared().registry()))) {
            EntityId published = owner.someAccount();
            EntityId missed = owner.someAccount();
            try (Publishing publishing = owner.started()) {
                owner.write(publishing, published);
                Deadline.await("it is published", () -> publishing.status().published() == 1);
            }
            try (Publishing writer = owner.publishing()) {
                writer.status().accept();
                owner.write(writer, missed);
            }
            owner.execute("CREATE TABLE unrelated (id int)");
            Deadline.await("the slot is lost", () -> isLostAfterMoreWal(owner));

            try (Publishing publishing = owner.started()) {
                Deadline.await("both are published", () -> publishing.status().published() == 2);
            }
            assertThat(owner.topic().last())
                    .containsEntry(published.key(), new Version(1))
                    .containsEntry(missed.key(), new Version(1));
            assertThat(owner.query("SELECT epoch FROM understudy.publisher_epoch")).isEqualTo("2");
        }
    }

    private static boolean isLostAfterMoreWal(Owner owner) throws Exception {
        owner.execute("INSERT INTO unrelated VALUES (1)");
        owner.execute("SELECT pg_switch_wal()");
        owner.execute("CHECKPOINT");
        return owner.query("SELECT wal_status FROM pg_replication_slots").equals("lost");
    }
}
