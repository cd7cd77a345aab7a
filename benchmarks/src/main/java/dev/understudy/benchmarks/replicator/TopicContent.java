package dev.understudy.benchmarks.replicator;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.understudy.benchmarks.replicator.Destination.ForeignKeys;
import dev.understudy.benchmarks.store.Accounts;
import dev.understudy.benchmarks.store.Copies;
import dev.understudy.sandbox.Database;
import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.ChangeEventDecoder;
import dev.understudy.schemas.event.Decoded;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityKey;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a table must hold in the end: the highest version of each key that is in the topic. */
final class TopicContent {
    private static final int BATCH_ROWS = 10_000;

    private TopicContent() {}

    /** Of all columns of all entities. */
    static String checksum(Infrastructure infrastructure, String owner) throws SQLException {
        Database database = infrastructure.freshDatabase();
        Destination destination = Destination.store(database, owner, ForeignKeys.OFF);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setAutoCommit(false);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            List<ChangeEvent> rows = List.copyOf(latest(infrastructure, owner).values());
            for (int from = 0; from < rows.size(); from += BATCH_ROWS) {
                int to = Math.min(from + BATCH_ROWS, rows.size());
                new Copies.AndMerge().write(pool, rows.subList(from, to));
            }
            return destination.checksum();
        } finally {
            infrastructure.drop(database);
        }
    }

    private static Map<EntityKey, ChangeEvent> latest(Infrastructure infrastructure, String owner) {
        CatalogEntry entry = new CatalogEntry(owner, Accounts.TYPE);
        Map<EntityKey, ChangeEvent> latest = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(
                                Map.of("bootstrap.servers", infrastructure.bootstrapServers()),
                                new ByteArrayDeserializer(),
                                new ByteArrayDeserializer());
                ChangeEventDecoder decoder =
                        new ChangeEventDecoder(
                                Map.of("schema.registry.url", infrastructure.registryUrl()))) {
            List<TopicPartition> partitions =
                    IntStream.range(0, Preload.PARTITIONS)
                            .mapToObj(number -> new TopicPartition(entry.topic(), number))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long left =
                    consumer.endOffsets(partitions).values().stream()
                            .mapToLong(Long::longValue)
                            .sum();
            while (left > 0) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    left--;
                    if (decoder.decode(entry, record.key(), record.value(), record.headers())
                            instanceof Decoded.Change(ChangeEvent event)) {
                        latest.merge(event.key(), event, TopicContent::later);
                    }
                }
            }
        }
        return latest;
    }

    private static ChangeEvent later(ChangeEvent one, ChangeEvent other) {
        return one.version().compareTo(other.version()) > 0 ? one : other;
    }
}
