package dev.understudy.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.chaos.check.ChangeTopic;
import dev.understudy.chaos.check.VersionHistory;
import dev.understudy.chaos.load.SourceLoad;
import dev.understudy.chaos.time.Polling;
import dev.understudy.sandbox.Sandbox;
import dev.understudy.sandbox.SandboxOptions;
import dev.understudy.sandbox.SandboxPart;
import dev.understudy.sandbox.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
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
 * Replicators die at any moment, in the middle of a load: nothing is lost, no row goes back, and no
 * offset is ahead of the database.
 */
@Timeout(300)
class ReplicatorCrashIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String GROUP = "understudy-replicator-europe";

    /** Table to topic. */
    private static final Map<String, String> TOPICS =
            Map.of("account", "us.contoso.crm.Account", "contact", "us.contoso.crm.Contact");

    /** Four of each, as topics are made by default. */
    private static final int PARTITIONS = 8;

    private static Sandbox sandbox;

    @BeforeAll
    static void open() {
        sandbox =
                Sandbox.open(
                        SandboxOptions.defaults()
                                .withSetting(
                                        SandboxPart.REPLICATOR,
                                        "UNDERSTUDY_REPLICATOR_SESSION_TIMEOUT",
                                        "2s"));
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    @Test
    void ofTwoReplicatorsTheOneThatIsKilledLosesNothingAndMovesNoRowBack() throws Exception {
        Random random = new Random(7);
        Service first = sandbox.replicator();
        Service second = sandbox.another(SandboxPart.REPLICATOR);
        second.start();
        try (VersionHistory history =
                        VersionHistory.watch(sandbox.europeDatabase(), "account", "contact");
                SourceLoad load = SourceLoad.start(sandbox.us().baseUrl(), 2)) {
            long judged = 0;
            for (Service victim : List.of(first, second, first)) {
                Eventually.holds("both replicate", PATIENCE, () -> replicating() == 2);
                Eventually.holds(
                        "every partition has a commit",
                        PATIENCE,
                        () -> committed().size() >= PARTITIONS);
                Polling.passes(Duration.ofMillis(random.nextInt(2000)));
                victim.kill();
                judged += assertCommittedIsDurable();
                awaitMoreCommitted();
                judged += assertCommittedIsDurable();
                victim.start();
            }
            load.stop();

            Rows.awaitEqual(sandbox, PATIENCE);
            assertThat(load.lost()).as("after %s", load).isEmpty();
            assertThat(load.writes().accepted()).isGreaterThan(500);
            assertThat(judged)
                    .as("events below committed offsets after the deaths")
                    .isGreaterThan(100);
            assertThat(history.violations()).isEmpty();
        } finally {
            second.stop();
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
                        PATIENCE,
                        () -> !sandbox.replicator().isRunning());
                judged += assertCommittedIsDurable();
            }
            sandbox.replicator().restartWith(Map.of());
            load.stop();

            Rows.awaitEqual(sandbox, PATIENCE);
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
        Map<String, Map<String, Long>> versions = new HashMap<>();
        for (String table : TOPICS.keySet()) {
            versions.put(table, Rows.versions(sandbox.europeDatabase(), table));
        }
        List<ChangeTopic.Event> missing = new ArrayList<>();
        long below = 0;
        for (Map.Entry<String, String> topic : TOPICS.entrySet()) {
            Map<String, Long> rows = versions.get(topic.getKey());
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

    /** Processes that have partitions of the owner's topics. */
    private static long replicating() throws Exception {
        try (Admin admin = admin()) {
            return admin
                    .describeConsumerGroups(List.of(GROUP))
                    .all()
                    .get()
                    .get(GROUP)
                    .members()
                    .stream()
                    .filter(member ->
                            member.assignment().topicPartitions().stream()
                                    .anyMatch(one -> TOPICS.containsValue(one.topic())))
                    .map(member -> member.clientId().replaceFirst("-StreamThread-.*", ""))
                    .distinct()
                    .count();
        }
    }

    /** Waits until the one that is left has taken over: every partition goes on. */
    private static void awaitMoreCommitted() throws Exception {
        Map<TopicPartition, Long> before = committed();
        Eventually.holds(
                "all partitions go on",
                PATIENCE,
                () -> {
                    Map<TopicPartition, Long> now = committed();
                    return before.entrySet().stream()
                            .allMatch(one -> now.getOrDefault(one.getKey(), 0L) > one.getValue());
                });
    }

    private static Admin admin() {
        return Admin.create(
                Map.of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                        sandbox.kafka().bootstrapServers()));
    }

    private static Map<TopicPartition, Long> committed() throws Exception {
        try (Admin admin = admin()) {
            Map<TopicPartition, OffsetAndMetadata> offsets =
                    admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata().get();
            Map<TopicPartition, Long> committed = new HashMap<>();
            offsets.forEach((partition, offset) -> {
                if (offset != null && TOPICS.containsValue(partition.topic())) {
                    committed.put(partition, offset.offset());
                }
            });
            return committed;
        }
    }
}
