package dev.understudy.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A PostgreSQL server that can stream its changes (logical WAL), with durability as by default.
 * Whoever is root runs it without privileges, in a user namespace of its own.
 */
public final class PostgresServer implements Part {

    private static final String USER = "postgres";

    private static final Map<String, String> SETTINGS =
            Map.ofEntries(
                    Map.entry("listen_addresses", "127.0.0.1"),
                    Map.entry("unix_socket_directories", ""),
                    Map.entry("wal_level", "logical"),
                    Map.entry("max_replication_slots", "20"),
                    Map.entry("max_wal_senders", "20"),
                    Map.entry("max_slot_wal_keep_size", "1GB"),
                    Map.entry("wal_sender_timeout", "5s"),
                    Map.entry("max_connections", "100"),
                    Map.entry("shared_buffers", "64MB"),
                    Map.entry("log_checkpoints", "off"),
                    Map.entry("timezone", "UTC"),
                    Map.entry("log_timezone", "UTC"));

    private static final Map<PostgresVersion, PostgresServer> SHARED = new ConcurrentHashMap<>();

    private final PartProcess process;
    private final PostgresBinaries binaries;
    private final WorkDirectory directory;
    private final int port;
    private final AtomicInteger databases = new AtomicInteger();

    PostgresServer(String name, PostgresVersion version, ServerOptions options) {
        directory = WorkDirectory.of(options.directory(), name);
        port = Ports.orFree(options.port());
        binaries = PostgresBinaries.unpacked(version);
        PartPlan plan =
                new PartPlan(
                        name,
                        command(options),
                        Map.of("LC_ALL", "C"),
                        directory,
                        this::accepts,
                        Signal.INTERRUPT);
        process = new PartProcess(plan);
    }

    /** Starts a server of its own on a free port. */
    public static PostgresServer open() {
        return open(ServerOptions.defaults());
    }

    /** Starts a server; the caller closes it, else the end of the JVM does. */
    public static PostgresServer open(ServerOptions options) {
        return open(PostgresVersion.chosen(), options);
    }

    /** Starts a server of the given release; the caller closes it, else the JVM's end does. */
    public static PostgresServer open(PostgresVersion version, ServerOptions options) {
        return Opening.open(new PostgresServer("postgres", version, options));
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
    public PartProcess process() {
        return process;
    }

    @Override
    public void start() {
        initialise();
        process.start();
    }

    private synchronized void initialise() {
        if (Files.exists(data())) {
            return;
        }
        AtShutdown.requireRunning();
        WorkDirectory half =
                new WorkDirectory(
                        directory.path().resolve("data-half"), WorkDirectory.Lifetime.TEMPORARY);
        half.close();
        binaries.initialise(half.path(), USER);
        try {
            Files.move(half.path(), data());
        } catch (IOException e) {
            throw new SandboxException(name() + ": cannot make its data directory: " + e, e);
        }
    }

    /** Waits for the initialisation, which else would go on in the directory that is removed. */
    @Override
    public synchronized void close() {
        Part.super.close();
    }

    /** The port that it listens on. */
    public int port() {
        return port;
    }

    /** The database of the given name, which need not exist yet. */
    public Database database(String name) {
        return new Database("jdbc:postgresql://127.0.0.1:" + port + "/" + name, USER, USER);
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

    private boolean accepts() {
        try (Connection connection = database(USER).connect()) {
            return connection.isValid(2);
        } catch (SQLException _) {
            return false;
        }
    }

    private Path data() {
        return directory.path().resolve("data");
    }

    private List<String> command(ServerOptions options) {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.putAll(options.settings());
        List<String> command = new ArrayList<>(binaries.command("postgres"));
        command.addAll(List.of("-D", data().toString(), "-p", String.valueOf(port)));
        settings.forEach((key, value) -> command.addAll(List.of("-c", key + "=" + value)));
        return command;
    }
}
