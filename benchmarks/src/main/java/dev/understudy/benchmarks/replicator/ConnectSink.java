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
    ConnectSink {
        settings = Map.copyOf(settings);
    }

    /** The same one, into a table whose references are checked. */
    ConnectSink withForeignKey() {
        return new ConnectSink(name + ", foreign key on", plugins, settings, ForeignKeys.ON);
    }

    @Override
    public Destination destination(Database database, String owner) throws SQLException {
        return Destination.plain(database, foreignKeys);
    }

    @Override
    public Workers start(Infrastructure infrastructure, Destination destination, String owner) {
        try {
            Path folder = Files.createTempDirectory("connect-");
            Path worker = stored(folder, "worker.properties", worker(infrastructure, folder));
            Path connector =
                    stored(
                            folder,
                            "connector.properties",
                            connector(infrastructure, destination.database(), owner));
            return Workers.of(
                    Worker.start(
                            "connect",
                            List.of(
                                    "-Xmx2g",
                                    "-XX:+UseParallelGC",
                                    "-cp",
                                    Peers.built().resolve("connect") + "/*",
                                    "org.apache.kafka.connect.cli.ConnectStandalone",
                                    worker.toString(),
                                    connector.toString()),
                            Map.of()));
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
        all.put("value.converter", "dev.understudy.benchmarks.peers.AvroConverter");
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
}
