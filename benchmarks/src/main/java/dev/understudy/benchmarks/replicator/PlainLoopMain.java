package dev.understudy.benchmarks.replicator;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.understudy.benchmarks.store.Copies;
import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.ChangeEventDecoder;
import dev.understudy.schemas.event.Decoded;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.SchemaFiles;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Polls, keeps the last event of each key, writes these by COPY and one guarded upsert, commits the
 * offsets. Knows nothing of outages, poison or references.
 */
final class PlainLoopMain {
    private static final int BATCH_RECORDS = 5000;

    private final String bootstrapServers;
    private final Map<String, String> registry;
    private final CatalogEntry entry;
    private final DataSource pool;

    private PlainLoopMain(
            String bootstrapServers, String registryUrl, CatalogEntry entry, DataSource pool) {
        this.bootstrapServers = bootstrapServers;
        this.registry = Map.of("schema.registry.url", registryUrl);
        this.entry = entry;
        this.pool = pool;
    }

    /** Bootstrap servers, registry, JDBC URL, user, password, owner, threads. */
    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(arguments[2]);
        config.setUsername(arguments[3]);
        config.setPassword(arguments[4]);
        config.setAutoCommit(false);
        List<String> types =
                List.of(
                        arguments[5] + ".contoso.crm.Account",
                        arguments[5] + ".contoso.crm.Contact");
        CatalogEntry entry =
                Catalog.of(types, new SchemaFiles(List.of("classpath:contoso")))
                        .entry("contoso.crm.Account");
        int threads = Integer.parseInt(arguments[6]);
        try (HikariDataSource pool = new HikariDataSource(config);
                ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            PlainLoopMain loop = new PlainLoopMain(arguments[0], arguments[1], entry, pool);
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(
                        executor.submit(() -> {
                            loop.run();
                            return null;
                        }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
    }

    private void run() throws SQLException {
        Map<String, Object> settings =
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.GROUP_ID_CONFIG,
                        "plain-loop-" + ProcessHandle.current().pid(),
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        BATCH_RECORDS,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed");
        Copies.AndMerge upsert = new Copies.AndMerge();
        try (KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(
                                settings,
                                new ByteArrayDeserializer(),
                                new ByteArrayDeserializer());
                ChangeEventDecoder decoder = new ChangeEventDecoder(registry)) {
            consumer.subscribe(List.of(entry.topic()));
            while (!Thread.currentThread().isInterrupted()) {
                Map<EntityKey, ChangeEvent> latest = new HashMap<>();
                for (ConsumerRecord<byte[], byte[]> record :
                        consumer.poll(Duration.ofMillis(100))) {
                    ChangeEvent event = decoded(decoder, record);
                    latest.put(event.key(), event);
                }
                if (!latest.isEmpty()) {
                    upsert.write(pool, List.copyOf(latest.values()));
                    consumer.commitSync();
                }
            }
        }
    }

    private ChangeEvent decoded(ChangeEventDecoder decoder, ConsumerRecord<byte[], byte[]> record) {
        return switch (decoder.decode(entry, record.key(), record.value(), record.headers())) {
            case Decoded.Change(ChangeEvent event) -> event;
            case Decoded.Purged _, Decoded.Poison _ ->
                    throw new IllegalStateException("not a change event at " + record.offset());
        };
    }
}
