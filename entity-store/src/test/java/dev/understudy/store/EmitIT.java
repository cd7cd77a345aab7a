package dev.understudy.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.store.postgres.PostgresEntityStore;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages go with their transaction. */
@Timeout(60)
final class EmitIT {
    @Test
    void messageIsInTheWalIfItsTransactionCommitsAndElseNot() {
        try (TestDatabase database = TestDatabase.withContoso()) {
            EntityStore store =
                    new PostgresEntityStore(database.dataSource(), Contoso.CATALOG, "europe");
            String slot = "emit_" + System.nanoTime();
            database.query(
                    "SELECT pg_create_logical_replication_slot('%s', 'pgoutput')".formatted(slot));
            database.execute("CREATE PUBLICATION nothing");
            try {
                store.write(transaction -> {
                    transaction.emit("understudy", "kept \0 whole".getBytes(UTF_8));
                    return true;
                });
                assertThatThrownBy(() ->
                                store.write(transaction -> {
                                    transaction.emit("understudy", "lost".getBytes(UTF_8));
                                    throw new IllegalStateException();
                                }))
                        .isInstanceOf(IllegalStateException.class);
                List<String> messages =
                        database.query(
                                """
                                SELECT encode(data, 'escape')
                                FROM pg_logical_slot_get_binary_changes('%s', NULL, NULL,
                                    'proto_version', '1', 'publication_names', 'nothing',
                                    'messages', 'true')
                                WHERE get_byte(data, 0) = ascii('M')
                                """
                                        .formatted(slot));
                assertThat(messages).singleElement().asString().endsWith("kept \\000 whole");
            } finally {
                database.query("SELECT pg_drop_replication_slot('%s')".formatted(slot));
            }
        }
    }
}
