package dev.understudy.benchmarks.replicator;

import dev.understudy.benchmarks.store.ProcessTree;
import dev.understudy.sandbox.Database;
import dev.understudy.sandbox.KafkaServer;
import dev.understudy.sandbox.PostgresServer;
import dev.understudy.sandbox.Purpose;
import dev.understudy.sandbox.RegistryServer;
import dev.understudy.sandbox.ServerOptions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.postgresql.PGConnection;

/** Real Kafka, registry and PostgreSQL on loopback, for measuring, and what PostgreSQL spends. */
public final class Infrastructure implements AutoCloseable {
    /** Durable as by default; nothing starts by itself in the middle of a measurement. */
    private static final Map<String, String> POSTGRES =
            Map.of(
                    "shared_buffers", "1GB",
                    "max_wal_size", "16GB",
                    "checkpoint_timeout", "1h",
                    "track_commit_timestamp", "on",
                    "autovacuum", "off");

    private final KafkaServer kafka;
    private final RegistryServer registry;
    private final PostgresServer postgres;
    private final Connection observer;
    private final ProcessTree processes;
    private final ProcessTree broker;

    private Infrastructure(KafkaServer kafka, RegistryServer registry, PostgresServer postgres)
            throws SQLException {
        this.kafka = kafka;
        this.registry = registry;
        this.postgres = postgres;
        observer = postgres.createDatabase("observer").connect();
        processes = ProcessTree.withParentOf(observer.unwrap(PGConnection.class).getBackendPID());
        broker = ProcessTree.ofOurs("KafkaMain");
    }

    public static Infrastructure open() throws SQLException {
        ServerOptions measured = ServerOptions.defaults().withPurpose(Purpose.MEASURED);
        ServerOptions database = measured;
        for (Map.Entry<String, String> setting : POSTGRES.entrySet()) {
            database = database.withSetting(setting.getKey(), setting.getValue());
        }
        return new Infrastructure(
                KafkaServer.open(measured), RegistryServer.open(), PostgresServer.open(database));
    }

    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    public String registryUrl() {
        return registry.url();
    }

    /** An empty one, and nothing left to write out from earlier ones. */
    public Database freshDatabase() throws SQLException {
        execute("CHECKPOINT");
        return postgres.freshDatabase();
    }

    /** With all that is in it; whoever is connected is cut off. */
    void drop(Database database) throws SQLException {
        String name = database.jdbcUrl().substring(database.jdbcUrl().lastIndexOf('/') + 1);
        execute("DROP DATABASE \"%s\" WITH (FORCE)".formatted(name));
    }

    public long walBytes() throws SQLException {
        return Long.parseLong(query("SELECT pg_current_wal_insert_lsn() - '0/0'"));
    }

    /** Of all processes of PostgreSQL, to the 10 ms of the kernel's clock. */
    public double postgresCpuSeconds() {
        return processes.cpuSeconds();
    }

    /** Of Kafka, to the 10 ms of the kernel's clock. */
    double brokerCpuSeconds() {
        return broker.cpuSeconds();
    }

    public String postgresVersion() throws SQLException {
        return query("SHOW server_version");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = observer.createStatement()) {
            statement.execute(sql);
        }
    }

    private String query(String sql) throws SQLException {
        try (Statement statement = observer.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public void close() throws SQLException {
        observer.close();
        postgres.close();
        registry.close();
        kafka.close();
    }
}
