package dev.understudy.benchmarks.replicator;

import dev.understudy.benchmarks.replicator.Destination.ForeignKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** JDBC sinks for Kafka Connect, each as its documentation advises for throughput. */
final class JdbcSinks {
    private static final String CLASS = "JdbcSinkConnector.class";
    private static final String TIMESTAMPS = "value.converter.timestamps";

    private JdbcSinks() {}

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

    static ConnectSink debezium(Batches batches) {
        return new ConnectSink(
                "Debezium sink, " + (batches == Batches.UNNEST ? "unnest" : "JDBC batches"),
                Peers.built().resolve("debezium"),
                debeziumSettings(batches),
                ForeignKeys.OFF);
    }

    /**
     * The sink in somebody's plug-in folder: Debezium's, or one that takes the settings of
     * Confluent's, as Aiven's does.
     *
     * @param folder of jars
     */
    static ConnectSink in(Path folder) throws IOException {
        String connector = connectorIn(folder);
        Map<String, String> settings =
                connector.startsWith("io.debezium.")
                        ? debeziumSettings(Batches.JDBC)
                        : otherSettings();
        settings.put("connector.class", connector);
        // Connect takes a folder of folders.
        Path plugins = Files.createTempDirectory("plugins-");
        Files.createSymbolicLink(plugins.resolve("peer"), folder.toRealPath());
        String name = "sink in " + folder.toRealPath().getFileName();
        return new ConnectSink(name, plugins, settings, ForeignKeys.OFF);
    }

    private static Map<String, String> debeziumSettings(Batches batches) {
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
        settings.put(TIMESTAMPS, batches.timestamps);
        return settings;
    }

    private static Map<String, String> otherSettings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("insert.mode", "upsert");
        settings.put("pk.mode", "record_value");
        settings.put("pk.fields", "accountId");
        settings.put("auto.create", "false");
        settings.put("auto.evolve", "false");
        settings.put("table.name.format", "account");
        settings.put("batch.size", "5000");
        // Their timestamps are of milliseconds.
        settings.put(TIMESTAMPS, "text");
        return settings;
    }

    private static String connectorIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                try (JarFile opened = new JarFile(jar.toFile())) {
                    List<String> found =
                            opened.stream()
                                    .map(entry -> entry.getName())
                                    .filter(name -> name.endsWith("/" + CLASS))
                                    .toList();
                    if (!found.isEmpty()) {
                        return found.getFirst().replace(".class", "").replace('/', '.');
                    }
                }
            }
        }
        throw new IllegalArgumentException("no JDBC sink's jar lies in " + folder);
    }
}
