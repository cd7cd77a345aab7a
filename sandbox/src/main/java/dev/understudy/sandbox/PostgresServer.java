package dev.understudy.sandbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A PostgreSQL server that can stream its changes (logical WAL), with durability as by default. */
public final class PostgresServer implements Part {

    static final String USER = "postgres";

    /** Ours, however it runs. */
    static final Map<String, String> SETTINGS =
            Map.ofEntries(
                    Map.entry("wal_level", "logical"),
                    Map.entry("max_replication_slots", "50"),
                    Map.entry("max_wal_senders", "50"),
                    Map.entry("max_slot_wal_keep_size", "1GB"),
                    Map.entry("wal_sender_timeout", "5s"),
                    Map.entry("max_connections", "100"),
                    Map.entry("shared_buffers", "64MB"),
                    Map.entry("log_checkpoints", "off"),
                    Map.entry("timezone", "UTC"),
                    Map.entry("log_timezone", "UTC"));

    private static final Map<PostgresVersion, PostgresServer> SHARED = new ConcurrentHashMap<>();

    private final PartRunner runner;
    private final Addresses addresses;
    private final AtomicInteger databases = new AtomicInteger();

    PostgresServer(PartRunner runner, Addresses addresses) {
        this.runner = runner;
        this.addresses = addresses;
    }

    /** Starts a server of its own on a free port. */
    public static PostgresServer open() {
        return open(ServerOptions.defaults());
    }

    /** Starts a server; the caller closes it, else the end of the JVM does. */
    public static PostgresServer open(ServerOptions options) {
        return open(PostgresVersion.chosen(), options);
    }

    /** Starts a server of a release as a process; the caller closes it, else the JVM's end does. */
    public static PostgresServer open(PostgresVersion version, ServerOptions options) {
        return Opening.open(PostgresProcess.of("postgres", version, options));
    }

    /**
     * The server that the tests of this JVM share, started at the first call and stopped at the
     * JVM's end. It does not sync to disk. Do not stop it; open one of your own for that.
     */
    public static PostgresServer shared() {
        return shared(PostgresVersion.chosen());
    }

    /** The shared server of the given release. */
    public static PostgresServer shared(PostgresVersion version) {
        return SHARED.computeIfAbsent(
                version, v -> open(v, ServerOptions.defaults().withSetting("fsync", "off")));
    }

    @Override
    public PartRunner runner() {
        return runner;
    }

    /** The database of the given name, which need not exist yet. */
    public Database database(String name) {
        return database(addresses.outside(), name);
    }

    /** The same as the services reach it. */
    Database databaseInside(String name) {
        return database(addresses.inside(), name);
    }

    private static Database database(String hostAndPort, String name) {
        return new Database("jdbc:postgresql://" + hostAndPort + "/" + name, USER, USER);
    }

    /** Makes an empty database if there is none of that name (lower case letters, digits, _). */
    public Database createDatabase(String name) {
        if (!name.matches("[a-z_][a-z0-9_]*")) {
            throw new IllegalArgumentException("Not a plain database name: " + name);
        }
        try (Connection connection = database(USER).connect();
                Statement statement = connection.createStatement()) {
            String find = "SELECT FROM pg_database WHERE datname = '" + name + "'";
            if (!statement.executeQuery(find).next()) {
                statement.execute("CREATE DATABASE \"" + name + "\"");
            }
        } catch (SQLException e) {
            throw new SandboxException(name() + ": cannot make the database " + name, e);
        }
        return database(name);
    }

    /** Makes an empty database under a new name: cheap enough for one per test. */
    public Database freshDatabase() {
        return createDatabase("fresh_" + databases.incrementAndGet());
    }

    /** Settings as arguments of the server. */
    static List<String> arguments(Map<String, String> settings) {
        List<String> arguments = new ArrayList<>();
        settings.forEach((key, value) -> arguments.addAll(List.of("-c", key + "=" + value)));
        return arguments;
    }
}
