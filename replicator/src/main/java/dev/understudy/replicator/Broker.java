package dev.understudy.replicator;

import dev.understudy.service.KafkaConfiguration;
import dev.understudy.service.NewTopics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What is asked of Kafka beside the stream. Every answer is waited for a bounded time. */
final class Broker implements AutoCloseable {
    static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final KafkaConfiguration kafka;
    private @Nullable Admin admin;

    Broker(KafkaConfiguration kafka) {
        this.kafka = kafka;
    }

    void check() throws Exception {
        answer(admin().describeCluster().nodes());
    }

    /** Those of these topics that there are. */
    Set<String> existing(Collection<String> topics) throws Exception {
        Set<String> existing = new HashSet<>(answer(admin().listTopics().names()));
        existing.retainAll(topics);
        return existing;
    }

    /** Makes the topic, if there is none of that name. */
    void create(NewTopic topic) throws Exception {
        NewTopics.create(admin(), List.of(topic), TIMEOUT);
    }

    /** The next offsets that consumers who read committed records would get of these topics. */
    Map<TopicPartition, Long> ends(Collection<String> topics) throws Exception {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        answer(admin().describeTopics(topics).allTopicNames())
                .forEach((name, topic) ->
                        topic.partitions()
                                .forEach(partition ->
                                        latest.put(
                                                new TopicPartition(name, partition.partition()),
                                                OffsetSpec.latest())));
        ListOffsetsOptions committed = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
        return answer(admin().listOffsets(latest, committed).all()).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> offset(entry.getValue())));
    }

    /** The offsets that the group has committed; partitions without one are missing. */
    Map<TopicPartition, Long> committed(String group) throws Exception {
        Map<TopicPartition, Long> committed = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> answer =
                answer(admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        answer.forEach((partition, offset) -> {
            if (offset != null) {
                committed.put(partition, offset.offset());
            }
        });
        return committed;
    }

    private static long offset(ListOffsetsResultInfo info) {
        return info.offset();
    }

    private static <T> T answer(KafkaFuture<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Made late: its constructor fails while the bootstrap servers' names do not resolve. */
    private synchronized Admin admin() {
        if (admin == null) {
            admin = Admin.create(kafka.client());
        }
        return admin;
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
            admin = null;
        }
    }
}
