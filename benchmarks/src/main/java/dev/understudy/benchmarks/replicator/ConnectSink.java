package dev.understudy.benchmarks.replicator;

import dev.understudy.benchmarks.replicator.Destination.ForeignKeys;
import dev.understudy.sandbox.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * A JDBC sink connector in a standalone Kafka Connect worker, with two tasks.
 *
 * @param plugins a folder with a folder of jars
 * @param settings of the connector itself, beside topics, converters and the connection
 */
record ConnectSink(String name, Path plugins, Map<String, String> settings, ForeignKeys foreignKeys)
        implements Contender {
    static final Path PEERS = Path.of("benchmarks/peers/target");

    private static final String CONVERTER = "dev.understudy.benchmarks.peers.AvroConverter";

    ConnectSink {
        settings = Map.copyOf(settings);
    }

    /** How Debezium's sink writes a batch. */
    enum Batches {
        JDBC("false", "debezium_micros"),
        /** Does not know timestamps in microseconds. */
        UNNEST("true", "connect");

        private final String unnest;
        private final String timestamps;

        Batches(String unnest, String timestamps) {
            this.unnest = unnest;
            this.timestamps = timestamps;
        }
    }

    /** Debezium's, as its documentation advises for throughput. */
    static ConnectSink debezium(Batches batches, ForeignKeys foreignKeys) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("connector.class", "io.debezium.connector.jdbc.JdbcSinkConnector");
        settings.put("insert.mode", "upsert");
        settings.put("primary.key.mode", "record_value");
        settings.put("primary.key.fields", "accountId");
        settings.put("schema.evolution", "none");
        settings.put("collection.name.format", "account");
        settings.put("quote.identifiers", "true");
        settings.put("batch.size", "2000");
        settings.put("use.reduction.buffer", "true");
        settings.put("use.time.zone", "UTC");
        settings.put("delete.enabled", "false");
        settings.put("dialect.postgres.unnest.insert.enabled", batches.unnest);
        settings.put("value.converter", CONVERTER);
        settings.put("value.converter.timestamps", batches.timestamps);
        return new ConnectSink(
                "Debezium sink, %s%s"
                        .formatted(
                                batches == Batches.UNNEST ? "unnest" : "JDBC batches",
                                foreignKeys == ForeignKeys.ON ? ", foreign key on" : ""),
                home().resolve(PEERS).resolve("debezium"),
                settings,
                foreignKeys);
    }

    @Override
    public Destination destination(Database database, String owner) throws SQLException {
        return Destination.plain(database, foreignKeys);
    }

    @Override
    public Worker start(Infrastructure infrastructure, Destination destination, String owner) {
        try {
            Path folder = Files.createTempDirectory("connect-");
            Path worker = stored(folder, "worker.properties", worker(infrastructure, folder));
            Path connector =
                    stored(
                            folder,
                            "connector.properties",
                            connector(infrastructure, destination.database(), owner));
            return Worker.start(
                    "connect",
                    List.of(
                            "-Xmx2g",
                            "-XX:+UseParallelGC",
                            "-cp",
                            home().resolve(PEERS).resolve("connect") + "/*",
                            "org.apache.kafka.connect.cli.ConnectStandalone",
                            worker.toString(),
                            connector.toString()),
                    Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> worker(Infrastructure infrastructure, Path folder) {
        return Map.of(
                "bootstrap.servers", infrastructure.bootstrapServers(),
                "plugin.path", plugins.toAbsolutePath().toString(),
                "plugin.discovery", "only_scan",
                "offset.storage.file.filename", folder.resolve("offsets").toString(),
                "listeners", "http://127.0.0.1:0",
                "key.converter", "org.apache.kafka.connect.storage.StringConverter",
                "value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter",
                "consumer.max.poll.records", "5000",
                "consumer.isolation.level", "read_committed");
    }

    private Map<String, String> connector(
            Infrastructure infrastructure, Database database, String owner) {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("name", "sink-" + System.nanoTime());
        all.put("topics", owner + ".contoso.crm.Account");
        all.put("tasks.max", "2");
        all.putIfAbsent("value.converter", CONVERTER);
        all.put("value.converter.schema.registry.url", infrastructure.registryUrl());
        all.put(
                "connection.url",
                database.jdbcUrl() + "?reWriteBatchedInserts=true&stringtype=unspecified");
        all.put("connection.username", database.user());
        all.put("connection.user", database.user());
        all.put("connection.password", database.password());
        return all;
    }

    private static Path stored(Path folder, String name, Map<String, String> settings)
            throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings);
        Path file = folder.resolve(name);
        try (var out = Files.newOutputStream(file)) {
            properties.store(out, null);
        }
        return file;
    }

    private static Path home() {
        return Path.of(System.getProperty("understudy.home", ".")).toAbsolutePath();
    }
}
