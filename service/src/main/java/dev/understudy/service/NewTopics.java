package dev.understudy.service;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Makes topics that can be written to at once. A broker tells of a new partition a little before it
 * leads it. A producer that comes in between may have its first batch refused and its second one
 * taken; the first is out of order then however often it is sent, until it expires.
 */
public final class NewTopics {
    private NewTopics() {}

    /**
     * Makes those that are not there, and waits until each of their partitions is led.
     *
     * @param wanted with their numbers of partitions
     * @param timeout of each of two requests
     * @throws ExecutionException if one is refused, or not led in time
     */
    public static void create(Admin admin, Collection<NewTopic> wanted, Duration timeout)
            throws ExecutionException, InterruptedException {
        int millis = Math.toIntExact(timeout.toMillis());
        Map<String, KafkaFuture<Void>> created =
                admin.createTopics(wanted, new CreateTopicsOptions().timeoutMs(millis)).values();
        Set<String> existing = new HashSet<>();
        for (Map.Entry<String, KafkaFuture<Void>> each : created.entrySet()) {
            if (!isNew(each.getValue())) {
                existing.add(each.getKey());
            }
        }
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        for (NewTopic topic : wanted) {
            for (int i = 0; i < topic.numPartitions() && !existing.contains(topic.name()); i++) {
                partitions.put(new TopicPartition(topic.name(), i), OffsetSpec.earliest());
            }
        }
        // Only the leader answers, and the client asks until one does.
        admin.listOffsets(partitions, new ListOffsetsOptions().timeoutMs(millis)).all().get();
    }

    private static boolean isNew(KafkaFuture<Void> created)
            throws ExecutionException, InterruptedException {
        try {
            created.get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw e;
        }
    }
}
