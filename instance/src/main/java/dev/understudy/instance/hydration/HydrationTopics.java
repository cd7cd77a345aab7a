package dev.understudy.instance.hydration;

import dev.understudy.instance.work.Topics;
import dev.understudy.service.KafkaConfiguration;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/** The topics of hydration, made by whoever comes first. */
final class HydrationTopics {
    /** A question that is older was asked again. */
    private static final Duration KEPT = Duration.ofDays(1);

    private HydrationTopics() {}

    /** What an owner is asked for. */
    static String requests(String owner) {
        return owner + ".understudy.hydration-requests";
    }

    /** What owners say to one who asks: which entities they do not know. */
    static String answers(String asking) {
        return asking + ".understudy.hydration-answers";
    }

    /** Makes a topic if it is not there. */
    static void create(KafkaConfiguration kafka, String topic, short replicationFactor)
            throws InterruptedException {
        NewTopic wanted = new NewTopic(topic, 1, replicationFactor);
        wanted.configs(
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(KEPT.toMillis())));
        Topics.create(kafka, wanted);
    }
}
