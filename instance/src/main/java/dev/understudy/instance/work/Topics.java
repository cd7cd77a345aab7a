package dev.understudy.instance.work;

import dev.understudy.service.KafkaConfiguration;
import dev.understudy.service.NewTopics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;

/** Topics that are made by whoever comes first. */
public final class Topics {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private Topics() {}

    /** Makes a topic if it is not there. */
    public static void create(KafkaConfiguration kafka, NewTopic wanted)
            throws InterruptedException {
        Map<String, Object> client = kafka.client();
        client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        client.put(
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                Math.toIntExact(TIMEOUT.toMillis()));
        try (Admin admin = Admin.create(client)) {
            NewTopics.create(admin, List.of(wanted), TIMEOUT);
        } catch (ExecutionException e) {
            throw new KafkaException("cannot create " + wanted.name(), e);
        }
    }
}
