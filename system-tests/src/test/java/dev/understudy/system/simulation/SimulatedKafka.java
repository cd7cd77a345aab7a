package dev.understudy.system.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;

/** A cluster: topics with few partitions, transactional producers of which the last one counts. */
public final class SimulatedKafka {
    /** Of each topic. */
    public static final int PARTITIONS = 2;

    private final World world;
    private final Map<TopicPartition, SimulatedPartition> partitions = new LinkedHashMap<>();
    private final Map<String, Integer> epochs = new HashMap<>();
    private final Map<String, SimulatedTransaction> open = new LinkedHashMap<>();
    private boolean away;

    SimulatedKafka(World world, List<String> topics) {
        this.world = world;
        for (String topic : topics) {
            for (int i = 0; i < PARTITIONS; i++) {
                TopicPartition name = new TopicPartition(topic, i);
                partitions.put(name, new SimulatedPartition(name));
            }
        }
    }

    World world() {
        return world;
    }

    public boolean isAway() {
        return away;
    }

    void away(boolean isAway) {
        away = isAway;
    }

    public Collection<SimulatedPartition> partitions() {
        return partitions.values();
    }

    public SimulatedPartition partition(TopicPartition name) {
        return partitions.get(name);
    }

    /** Where a record of this key goes; null for topics that nobody looks at. */
    SimulatedPartition partitionOf(String topic, String key) {
        return partitions.get(new TopicPartition(topic, Math.floorMod(key.hashCode(), PARTITIONS)));
    }

    public Map<TopicPartition, Long> ends() {
        Map<TopicPartition, Long> ends = new HashMap<>();
        partitions.forEach((name, partition) -> ends.put(name, partition.end()));
        return ends;
    }

    /** A producer, as it is configured. */
    public Producer<byte[], byte[]> producer(Map<String, Object> configuration) {
        return new SimulatedProducer(
                this, String.valueOf(configuration.get(ProducerConfig.TRANSACTIONAL_ID_CONFIG)));
    }

    /** Fences whoever had the ID before, and ends what it left open. */
    int fence(String transactionalId) {
        SimulatedTransaction left = open.remove(transactionalId);
        if (left != null) {
            left.abort();
        }
        return epochs.merge(transactionalId, 1, Integer::sum);
    }

    boolean isFenced(String transactionalId, int epoch) {
        return epochs.getOrDefault(transactionalId, 0) != epoch;
    }

    boolean isOpen(String transactionalId, SimulatedTransaction transaction) {
        return transaction.equals(open.get(transactionalId));
    }

    void begin(String transactionalId, SimulatedTransaction transaction) {
        open.put(transactionalId, transaction);
    }

    void ended(String transactionalId) {
        open.remove(transactionalId);
    }

    /** The time-out of transactions: ends those that are open, and fences who had them. */
    void expire() {
        for (String id : new ArrayList<>(open.keySet())) {
            var _ = fence(id);
            world.note(Happening.TRANSACTION_EXPIRED);
        }
    }

    /** Whether no transaction is open. */
    boolean isStable() {
        return open.isEmpty();
    }

    void compact() {
        for (SimulatedPartition partition : partitions.values()) {
            partition.compact(
                    world.isCalm()
                            ? partition.stableEnd()
                            : world.below((int) partition.stableEnd() + 1));
        }
        world.note(Happening.COMPACTED);
    }
}
