package dev.understudy.benchmarks.replicator;

import dev.understudy.benchmarks.store.Accounts;
import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.ChangeEventEncoder;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishes events when they are due, whatever became of the earlier ones, so that a pause of the
 * replicator, or of this loop, is in the latency of all events that were due meanwhile.
 */
final class OpenLoop implements AutoCloseable {
    private static final int PARENTS = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Accounts accounts = new Accounts(PARENTS);
    private final Destination destination;
    private final KafkaProducer<byte[], byte[]> producer;
    private final ChangeEventEncoder encoder;
    private int next;

    OpenLoop(Infrastructure infrastructure, Destination destination) {
        this.destination = destination;
        producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                infrastructure.bootstrapServers(),
                                ProducerConfig.LINGER_MS_CONFIG,
                                0),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        encoder =
                new ChangeEventEncoder(Map.of("schema.registry.url", infrastructure.registryUrl()));
    }

    /** Events of accounts that there have not been yet, and their parents before them. */
    Latencies run(int perSecond, Duration length) throws SQLException, InterruptedException {
        int count = Math.max(1, (int) (perSecond * length.toSeconds()));
        List<UUID> keys = new ArrayList<>(count);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ChangeEvent event = accounts.event(next, 1);
            next++;
            keys.add((UUID) event.key().value());
            records.add(encoder.encode(event));
        }
        try (Snapshots snapshots = new Snapshots(destination.database())) {
            long[] dueNs = publish(records, perSecond);
            Map<UUID, Long> transactions = await(next);
            snapshots.stop();
            long[] visibleNs = new long[count];
            for (int i = 0; i < count; i++) {
                visibleNs[i] = snapshots.visibleNs(transactions.getOrDefault(keys.get(i), 0L));
            }
            return Latencies.of(perSecond, dueNs, visibleNs);
        }
    }

    private long[] publish(List<ProducerRecord<byte[], byte[]>> records, int perSecond) {
        long[] dueNs = new long[records.size()];
        long start = System.nanoTime() + Duration.ofMillis(100).toNanos();
        for (int i = 0; i < dueNs.length; i++) {
            dueNs[i] = start + (long) (i * 1e9 / perSecond);
            long wait = dueNs[i] - System.nanoTime();
            while (wait > 0) {
                LockSupport.parkNanos(wait);
                wait = dueNs[i] - System.nanoTime();
            }
            var _ = producer.send(records.get(i));
        }
        producer.flush();
        return dueNs;
    }

    /** The transaction that wrote each entity, once so many are there. */
    private Map<UUID, Long> await(int entities) throws SQLException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (destination.rows() < entities) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "%d of %d rows have come".formatted(destination.rows(), entities));
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        Map<UUID, Long> transactions = new HashMap<>();
        try (Connection connection = destination.database().connect();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT %s, xmin::text FROM %s"
                                        .formatted(destination.key(), destination.table()))) {
            while (row.next()) {
                transactions.put(row.getObject(1, UUID.class), Long.valueOf(row.getString(2)));
            }
        }
        return transactions;
    }

    @Override
    public void close() {
        producer.close();
        encoder.close();
    }
}
