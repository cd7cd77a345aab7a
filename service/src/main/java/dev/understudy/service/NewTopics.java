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
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Makes topics that can be written to at once. A broker tells of a new partition a little before it
 * leads it. A producer that comes in between may have its first batch refused and its second one
 * taken; the first is out of order then however often it is sent, until it expires.
 */
public final class NewTopics {
    private static final Duration PAUSE = Duration.ofMillis(20);

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
        awaitLeaders(admin, partitions, timeout);
    }

    /**
     * Only the leader answers, and the client asks until one does; but it gives up a topic that the
     * broker it asks has not heard of yet from the controller, which made it.
     */
    private static void awaitLeaders(
            Admin admin, Map<TopicPartition, OffsetSpec> partitions, Duration timeout)
            throws ExecutionException, InterruptedException {
        ListOffsetsOptions options =
                new ListOffsetsOptions().timeoutMs(Math.toIntExact(timeout.toMillis()));
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            try {
                admin.listOffsets(partitions, options).all().get();
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
                        || System.nanoTime() > deadline) {
                    throw e;
                }
            }
            Thread.sleep(PAUSE);
        }
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
