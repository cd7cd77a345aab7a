package dev.understudy.benchmarks.instance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.understudy.sandbox.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic's committed records as they come, and notes when: which is after Kafka acknowledged
 * them to the owner, so that latencies by it are never too short.
 */
final class Arrivals implements AutoCloseable {
    private final Map<String, Long> arrivedMicros = new ConcurrentHashMap<>();
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread;
    private volatile boolean stopped;

    /** From the end of the topic on. */
    Arrivals(String bootstrapServers, String topic) {
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                consumer.partitionsFor(topic).stream()
                        .map(info -> new TopicPartition(topic, info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        thread = Thread.ofPlatform().daemon().name("arrivals").start(this::read);
    }

    private void read() {
        while (!stopped) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                arrivedMicros.put(new String(record.key(), UTF_8), micros(Instant.now()));
            }
        }
        consumer.close();
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    int count() {
        return arrivedMicros.size();
    }

    /**
     * From the commit of each account that has arrived. PostgreSQL notes the time of a commit
     * before it writes it to disk, which is thereby in the latency.
     */
    Percentiles sinceCommit(Database database) throws SQLException {
        List<Long> nanos = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                """
                                SELECT account_id::text,
                                    (extract(epoch FROM pg_xact_commit_timestamp(xmin))
                                        * 1000000)::bigint
                                FROM contoso_crm.account\
                                """)) {
            while (row.next()) {
                Long arrived = arrivedMicros.get(row.getString(1));
                if (arrived != null) {
                    nanos.add((arrived - row.getLong(2)) * 1000);
                }
            }
        }
        return Percentiles.ofNanos(nanos);
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
