package dev.understudy.benchmarks.replicator;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.ChangeEventEncoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts a workload into its topic, before anybody reads it. */
public final class Preload implements AutoCloseable {
    static final int PARTITIONS = 4;

    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final ChangeEventEncoder encoder;

    public Preload(Infrastructure infrastructure) {
        Map<String, Object> kafka =
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        infrastructure.bootstrapServers(),
                        ProducerConfig.LINGER_MS_CONFIG,
                        20,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        1 << 17);
        admin =
                Admin.create(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                infrastructure.bootstrapServers()));
        producer = new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
        encoder =
                new ChangeEventEncoder(Map.of("schema.registry.url", infrastructure.registryUrl()));
    }

    /** Topics of an owner's accounts and contacts. */
    public void create(String owner) throws InterruptedException, ExecutionException {
        List<NewTopic> topics = new ArrayList<>();
        for (String type : List.of("contoso.crm.Account", "contoso.crm.Contact")) {
            topics.add(
                    new NewTopic(owner + "." + type, PARTITIONS, (short) 1)
                            .configs(Map.of("cleanup.policy", "compact")));
        }
        admin.createTopics(topics).all().get();
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        for (NewTopic topic : topics) {
            for (int i = 0; i < PARTITIONS; i++) {
                partitions.put(new TopicPartition(topic.name(), i), OffsetSpec.earliest());
            }
        }
        // Only leaders answer: who sends before there are any may stand still (ADR 0042).
        admin.listOffsets(partitions).all().get();
    }

    /**
     * Sends all events and waits for them to be acknowledged.
     *
     * @return the partition of each
     */
    int[] send(List<ChangeEvent> events) throws InterruptedException, ExecutionException {
        List<Future<RecordMetadata>> sent = new ArrayList<>(events.size());
        for (ChangeEvent event : events) {
            sent.add(producer.send(encoder.encode(event)));
        }
        producer.flush();
        int[] partitions = new int[sent.size()];
        for (int i = 0; i < partitions.length; i++) {
            partitions[i] = sent.get(i).get().partition();
        }
        return partitions;
    }

    @Override
    public void close() {
        producer.close();
        encoder.close();
        admin.close();
    }
}
