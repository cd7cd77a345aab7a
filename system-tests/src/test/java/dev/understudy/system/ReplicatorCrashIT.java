package dev.understudy.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.chaos.check.ChangeTopic;
import dev.understudy.chaos.check.VersionHistory;
import dev.understudy.chaos.load.SourceLoad;
import dev.understudy.chaos.time.Polling;
import dev.understudy.sandbox.Sandbox;
import dev.understudy.sandbox.SandboxOptions;
import dev.understudy.sandbox.SandboxPart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The replicator dies at any moment, in the middle of a load: nothing is lost and no row goes back.
 */
@Timeout(300)
class ReplicatorCrashIT {
    private static final String GROUP = "understudy-replicator-europe";

    /** Table to topic. */
    private static final Map<String, String> TOPICS =
            Map.of("account", "us.contoso.crm.Account", "contact", "us.contoso.crm.Contact");

    private static Sandbox sandbox;

    @BeforeAll
    static void open() {
        sandbox =
                Sandbox.open(
                        SandboxOptions.defaults()
                                .withSetting(
                                        SandboxPart.REPLICATOR,
                                        "UNDERSTUDY_REPLICATOR_SESSION_TIMEOUT",
                                        "6s"));
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    @Test
    void aKilledReplicatorLosesNothingAndMovesNoRowBack() throws Exception {
        Random random = new Random(7);
        try (VersionHistory history =
                        VersionHistory.watch(sandbox.europeDatabase(), "account", "contact");
                SourceLoad load = SourceLoad.start(sandbox.us().baseUrl(), 2)) {
            long judged = 0;
            for (int kill = 0; kill < 4; kill++) {
                Polling.passes(Duration.ofMillis(1000 + random.nextInt(2000)));
                sandbox.replicator().kill();
                judged += assertCommittedIsDurable();
                sandbox.replicator().start();
            }
            Polling.passes(Duration.ofSeconds(1));
            load.stop();

            Rows.awaitEqual(sandbox, Duration.ofSeconds(60));
            assertThat(load.lost()).as("after %s", load).isEmpty();
            assertThat(load.writes().accepted()).isGreaterThan(500);
            assertThat(judged)
                    .as("events below committed offsets after the deaths")
                    .isGreaterThan(100);
            assertThat(history.violations()).isEmpty();
        }
    }

    @Test
    void aHaltInsideTheOffsetCommitLeavesNoOffsetAheadOfTheDatabase() throws Exception {
        try (VersionHistory history =
                        VersionHistory.watch(sandbox.europeDatabase(), "account", "contact");
                SourceLoad load = SourceLoad.start(sandbox.us().baseUrl(), 3)) {
            long judged = 0;
            for (String moment :
                    List.of("after-flush:3", "before-offset-commit:5", "after-offset-commit:4")) {
                sandbox.replicator().restartWith(Map.of("UNDERSTUDY_FAULT_HALT", moment));
                Eventually.holds(
                        "the replicator halts itself " + moment,
                        Duration.ofSeconds(20),
                        () -> !sandbox.replicator().isRunning());
                judged += assertCommittedIsDurable();
            }
            sandbox.replicator().restartWith(Map.of());
            load.stop();

            Rows.awaitEqual(sandbox, Duration.ofSeconds(60));
            assertThat(load.lost()).as("after %s", load).isEmpty();
            assertThat(load.writes().accepted()).isGreaterThan(500);
            assertThat(judged)
                    .as("events below committed offsets after the deaths")
                    .isGreaterThan(100);
            assertThat(history.violations()).isEmpty();
        }
    }

    /**
     * Every event below a committed offset is in the database, or a later one of its entity is;
     * returns how many.
     */
    private static long assertCommittedIsDurable() throws Exception {
        Map<TopicPartition, Long> committed = committed();
        List<ChangeTopic.Event> missing = new ArrayList<>();
        long below = 0;
        for (Map.Entry<String, String> topic : TOPICS.entrySet()) {
            Map<String, Long> rows = Rows.versions(sandbox.europeDatabase(), topic.getKey());
            for (ChangeTopic.Event event :
                    ChangeTopic.read(sandbox.kafka().bootstrapServers(), topic.getValue())) {
                if (event.offset() < committed.getOrDefault(event.partition(), 0L)) {
                    below++;
                    if (rows.getOrDefault(event.key(), 0L) < event.version()) {
                        missing.add(event);
                    }
                }
            }
        }
        assertThat(missing)
                .as("events below the committed offsets %s, but not in the database", committed)
                .isEmpty();
        return below;
    }

    private static Map<TopicPartition, Long> committed() throws Exception {
        Map<String, Object> configuration =
                Map.of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                        sandbox.kafka().bootstrapServers());
        try (Admin admin = Admin.create(configuration)) {
            Map<TopicPartition, OffsetAndMetadata> offsets =
                    admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata().get();
            Map<TopicPartition, Long> committed = new java.util.HashMap<>();
            offsets.forEach((partition, offset) -> {
                if (offset != null) {
                    committed.put(partition, offset.offset());
                }
            });
            return committed;
        }
    }
}
