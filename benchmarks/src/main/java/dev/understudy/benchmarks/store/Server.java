package dev.understudy.benchmarks.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.understudy.sandbox.Database;
import dev.understudy.sandbox.PostgresServer;
import dev.understudy.sandbox.Purpose;
import dev.understudy.sandbox.ServerOptions;
import dev.understudy.store.digest.DatabaseSide;
import dev.understudy.store.digest.DigestScope;
import dev.understudy.store.digest.KeyRange;
import dev.understudy.store.install.StoreSchema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** A PostgreSQL of its own, durable as by default, and what it spends. */
final class Server implements AutoCloseable {
    /** Nothing starts by itself in the middle of a measurement. */
    private static final Map<String, String> SETTINGS =
            Map.of(
                    "shared_buffers", "1GB",
                    "max_wal_size", "16GB",
                    "checkpoint_timeout", "1h",
                    "autovacuum", "off");

    private final PostgresServer postgres;
    private final Database database;
    private final HikariDataSource pool;
    private final ProcessTree processes;

    private Server(PostgresServer postgres, int connections) throws SQLException {
        this.postgres = postgres;
        this.database = postgres.freshDatabase();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(
                "%s?reWriteBatchedInserts=true&socketFactory=%s"
                        .formatted(database.jdbcUrl(), CountingSockets.class.getName()));
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(connections + 1);
        config.setAutoCommit(false);
        pool = new HikariDataSource(config);
        StoreSchema.install(pool, Accounts.CATALOG);
        execute(
                "CREATE TABLE %s AS SELECT %s FROM %s WITH NO DATA"
                        .formatted(Copies.BARE, RawTable.names(), RawTable.NAME));
        try (Connection connection = database.connect()) {
            int backend = connection.unwrap(PGConnection.class).getBackendPID();
            processes = ProcessTree.withParentOf(backend);
        }
    }

    static Server open(int connections) throws SQLException {
        ServerOptions options = ServerOptions.defaults().withPurpose(Purpose.MEASURED);
        for (Map.Entry<String, String> setting : SETTINGS.entrySet()) {
            options = options.withSetting(setting.getKey(), setting.getValue());
        }
        return new Server(PostgresServer.open(options), connections);
    }

    DataSource pool() {
        return pool;
    }

    /** Empty tables, and nothing left to write out. */
    void empty() throws SQLException {
        execute(
                "TRUNCATE contoso_crm.account, contoso_crm.contact, contoso_crm.ticket, bare_account");
        execute("CHECKPOINT");
    }

    /** Of key, content and version of every account. */
    String checksum() {
        List<String> fields =
                Accounts.TYPE.fields().stream()
                        .filter(field -> !field.equals(Accounts.TYPE.key()))
                        .map(field -> field.name())
                        .toList();
        return new DatabaseSide(pool, Accounts.CATALOG, 1)
                .sums(
                        new DigestScope(Accounts.TYPE.fullName(), fields, 0),
                        new KeyRange(null, null),
                        List.of())
                .toString();
    }

    String version() throws SQLException {
        return query("SHOW server_version");
    }

    long walBytes() throws SQLException {
        return Long.parseLong(query("SELECT pg_current_wal_insert_lsn() - '0/0'"));
    }

    /** Of all processes of the server, to the 10 ms of the kernel's clock. */
    double cpuSeconds() {
        return processes.cpuSeconds();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String query(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public void close() {
        pool.close();
        postgres.close();
    }
}
