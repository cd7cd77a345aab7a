package dev.understudy.replicator;

import dev.understudy.schemas.topic.TopicNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/** The topics that a replication needs: its owners' to exist, its own to be made. */
final class Topics {
    /** Kafka removes whole segments, and so some records late, by a week if not told otherwise. */
    private static final Duration LATER = Duration.ofDays(30);

    private final ReplicationSettings settings;
    private final Broker broker;

    Topics(ReplicationSettings settings, Broker broker) {
        this.settings = settings;
        this.broker = broker;
    }

    /** Makes the topics of receipts, dead letters and decisions, if they are not there. */
    void createOwn() throws Exception {
        String target = settings.target();
        String receipts = TopicNames.receipts(target);
        String deadLetters = TopicNames.deadLetters(target);
        String decisions = TopicNames.deadLetterDecisions(target);
        Set<String> existing = broker.existing(List.of(receipts, deadLetters, decisions));
        if (!existing.contains(receipts)) {
            broker.create(topic(receipts, settings.topics().receiptsRetention()));
        }
        if (!existing.contains(deadLetters)) {
            broker.create(topic(deadLetters, settings.topics().deadLettersRetention()));
        }
        if (!existing.contains(decisions)) {
            broker.create(decisions(decisions));
        }
    }

    /**
     * Checks that the owners have made the topics of all replicated types.
     *
     * @throws IllegalStateException if not, naming those that are missing
     */
    void requireReplicated() throws Exception {
        List<String> wanted = settings.replicatedTopics();
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(broker.existing(wanted));
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    "the owners have not created the topics "
                            + missing
                            + " (a topic is created by the owner's instance when it first starts)");
        }
    }

    /** A decision is kept for longer than its letter, which it was made after. */
    private NewTopic decisions(String name) {
        Duration retention = settings.topics().deadLettersRetention().plus(LATER);
        return topic(name, retention)
                .configs(
                        Map.of(
                                TopicConfig.CLEANUP_POLICY_CONFIG,
                                TopicConfig.CLEANUP_POLICY_COMPACT
                                        + ","
                                        + TopicConfig.CLEANUP_POLICY_DELETE,
                                TopicConfig.RETENTION_MS_CONFIG,
                                Long.toString(retention.toMillis())));
    }

    private NewTopic topic(String name, Duration retention) {
        return new NewTopic(
                        name,
                        settings.topics().partitions(),
                        (short) settings.topics().replicationFactor())
                .configs(
                        Map.of(
                                TopicConfig.CLEANUP_POLICY_CONFIG,
                                TopicConfig.CLEANUP_POLICY_DELETE,
                                TopicConfig.RETENTION_MS_CONFIG,
                                Long.toString(retention.toMillis()),
                                // A dead letter is a record as it came, and headers.
                                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                                Integer.toString(ClientSettings.MAX_RECORD_BYTES)));
    }
}
