package dev.understudy.instance.hydration;

import dev.understudy.service.KafkaConfiguration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

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
        Map<String, Object> client = kafka.client();
        client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        try (Admin admin = Admin.create(client)) {
            admin.createTopics(List.of(wanted)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new KafkaException("cannot create " + topic, e);
            }
        }
    }
}
