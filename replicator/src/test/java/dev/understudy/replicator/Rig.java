package dev.understudy.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.understudy.replicator.apply.Events;
import dev.understudy.replicator.configuration.ReplicatorConfiguration;
import dev.understudy.replicator.configuration.TopicsConfiguration;
import dev.understudy.replicator.schema.Followed;
import dev.understudy.sandbox.Database;
import dev.understudy.sandbox.KafkaServer;
import dev.understudy.sandbox.PostgresServer;
import dev.understudy.sandbox.RegistryServer;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.topic.TopicNames;
import dev.understudy.service.DatabaseConfiguration;
import dev.understudy.service.KafkaConfiguration;
import dev.understudy.service.NewTopics;
import dev.understudy.service.RegistryConfiguration;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Real Kafka, registry and PostgreSQL, an owner that publishes, and replications to the target. */
final class Rig implements AutoCloseable {
    static final int PARTITIONS = 4;
    static final Duration DEADLINE = Duration.ofSeconds(60);

    final KafkaServer kafka;
    final RegistryServer registry;
    final PostgresServer postgres;
    final Database database;
    final Replica replica;
    final Owner owner;
    final Broker broker;
    final List<RuntimeException> failedStarts = new CopyOnWriteArrayList<>();
    private final List<HikariDataSource> opened = new ArrayList<>();

    /** After the database's URL, of replications that are made from now on. */
    String databaseParameters = "";

    /** What the last replication counts. */
    SimpleMeterRegistry meters = new SimpleMeterRegistry();

    Rig() throws Exception {
        Servers servers = Servers.cleared();
        kafka = servers.kafka;
        registry = servers.registry;
        postgres = servers.postgres;
        database = postgres.freshDatabase();
        broker = new Broker(new KafkaConfiguration(kafka.bootstrapServers()));
        replica = new Replica(database);
        owner = new Owner(kafka.bootstrapServers(), registry.url());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            NewTopics.create(
                    admin,
                    List.of(
                            new NewTopic(Events.ACCOUNTS.topic(), PARTITIONS, (short) 1),
                            new NewTopic(Events.CONTACTS.topic(), PARTITIONS, (short) 1),
                            new NewTopic(TopicNames.control("us"), 1, (short) 1)),
                    Duration.ofSeconds(30));
        }
    }

    /** A replication in this JVM; its pool is closed with the rig. */
    Assembly replication() {
        Target target = Wiring.targetOf(pool(), settings());
        Assembly assembly = new Assembly(settings(), target, surroundings(), new Followed());
        assembly.start();
        return assembly;
    }

    /** One that follows a configuration that changes. */
    Replications replications(Supplier<Catalog> configuration) {
        HikariDataSource pool = pool();
        Replications replications =
                new Replications(
                        settings().withCatalog(configuration.get()),
                        configuration,
                        changed -> Wiring.targetOf(pool, changed),
                        surroundings());
        replications.start();
        return replications;
    }

    private HikariDataSource pool() {
        HikariDataSource pool = Wiring.dataSourceOf(databaseConfiguration());
        opened.add(pool);
        return pool;
    }

    private Assembly.Surroundings surroundings() {
        meters = new SimpleMeterRegistry();
        return new Assembly.Surroundings(meters, Clock.systemUTC(), failedStarts::add);
    }

    ReplicationSettings settings() {
        return new ReplicationSettings(
                "europe",
                Events.CATALOG,
                new KafkaConfiguration(kafka.bootstrapServers()),
                new RegistryConfiguration(registry.url()),
                patient(ReplicatorConfiguration.defaults()),
                TopicsConfiguration.defaults());
    }

    /** A broker that was killed may take long until it answers members again. */
    private static ReplicatorConfiguration patient(ReplicatorConfiguration defaults) {
        return new ReplicatorConfiguration(
                defaults.threads(),
                defaults.flushRecords(),
                defaults.flushInterval(),
                defaults.flushAge(),
                defaults.commitInterval(),
                Duration.ofSeconds(90));
    }

    DatabaseConfiguration databaseConfiguration() {
        return new DatabaseConfiguration(
                database.jdbcUrl() + databaseParameters,
                database.user(),
                database.password(),
                4,
                2000);
    }

    /** The owner says that all it committed up to a time is in Kafka. */
    void heartbeat(Instant time) throws Exception {
        owner.heartbeat(time, ends());
    }

    Map<TopicPartition, Long> ends() throws Exception {
        return broker.ends(settings().replicatedTopics());
    }

    Map<TopicPartition, Long> committed() throws Exception {
        return broker.committed(settings().applicationId());
    }

    boolean committedToTheEnd() throws Exception {
        Map<TopicPartition, Long> committed = committed();
        return ends().entrySet().stream()
                .allMatch(end ->
                        end.getValue() == 0 || end.getValue().equals(committed.get(end.getKey())));
    }

    /** All records of a topic now. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic) throws Exception {
        Map<TopicPartition, Long> ends = broker.ends(List.of(topic));
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            long wanted = ends.values().stream().mapToLong(Long::longValue).sum();
            long deadline = System.nanoTime() + DEADLINE.toNanos();
            while (records.size() < wanted && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    /** Polls until it is so; fails after a minute. */
    static void eventually(String what, Callable<Boolean> condition) throws Exception {
        eventually(what, DEADLINE, condition);
    }

    static void eventually(String what, Duration within, Callable<Boolean> condition)
            throws Exception {
        long deadline = System.nanoTime() + within.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("in time: " + what).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    @Override
    public void close() {
        for (HikariDataSource one : opened.reversed()) {
            one.close();
        }
        owner.close();
        broker.close();
    }
}
