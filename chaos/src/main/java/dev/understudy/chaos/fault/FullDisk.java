package dev.understudy.chaos.fault;

import dev.understudy.sandbox.Database;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A table's disk is full: it is moved, without a gap between its rows, to a small file system in
 * memory that something else has filled. Where none may be mounted, a trigger fails as a full disk
 * does.
 */
final class FullDisk implements Fault {
    private static final int CHUNK_BYTES = 4_096;
    private static final String FAIL =
            """
            CREATE FUNCTION public.full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';
            END $$;
            CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON %s
            FOR EACH STATEMENT EXECUTE FUNCTION public.full_disk()
            """;

    private final String target;
    private final Database database;
    private final String table;
    private @Nullable Path disk;
    private @Nullable Connection reader;
    private @Nullable Thread atEnd;

    FullDisk(String target, Database database, String table) {
        this.target = target;
        this.database = database;
        this.table = table;
    }

    @Override
    public FaultKind kind() {
        return FaultKind.DISK_FULL;
    }

    @Override
    public String target() {
        return target + " under " + table;
    }

    @Override
    public void begin() throws Exception {
        Path mounted = mount();
        disk = mounted;
        if (mounted == null) {
            execute(FAIL.formatted(table));
            return;
        }
        Path tablespace = Files.createDirectory(mounted.resolve("tablespace"));
        execute(
                "CREATE TABLESPACE full_disk LOCATION '%s'".formatted(tablespace),
                "ALTER TABLE %s SET TABLESPACE full_disk".formatted(table),
                "VACUUM FULL " + table);
        reader = oldSnapshot();
        fill(mounted.resolve("ballast"));
    }

    @Override
    public void end() throws Exception {
        Path mounted = disk;
        if (mounted == null) {
            execute("DROP FUNCTION public.full_disk() CASCADE");
            return;
        }
        if (reader != null) {
            reader.close();
        }
        Files.delete(mounted.resolve("ballast"));
        execute(
                "ALTER TABLE %s SET TABLESPACE pg_default".formatted(table),
                "DROP TABLESPACE full_disk");
        unmount(mounted);
        if (atEnd != null) {
            Runtime.getRuntime().removeShutdownHook(atEnd);
        }
    }

    /** While it is there, no version of a row that is replaced makes room for another. */
    private Connection oldSnapshot() throws SQLException {
        Connection connection = database.connect();
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
        }
        return connection;
    }

    private @Nullable Path mount() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("understudy-full-disk-");
        Thread hook = new Thread(() -> unmountAtEnd(directory), "full-disk-end");
        Runtime.getRuntime().addShutdownHook(hook);
        if (!run(
                "mount",
                "-t",
                "tmpfs",
                "-o",
                "size=16m,mode=0700",
                "tmpfs",
                directory.toString())) {
            Runtime.getRuntime().removeShutdownHook(hook);
            Files.delete(directory);
            return null;
        }
        atEnd = hook;
        return directory;
    }

    private static void unmountAtEnd(Path directory) {
        try {
            unmount(directory);
        } catch (IOException | InterruptedException _) {
            // Nothing more can be done at the end of the JVM.
        }
    }

    private static void unmount(Path directory) throws IOException, InterruptedException {
        run("umount", "--lazy", directory.toString());
        Files.delete(directory);
    }

    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(new byte[CHUNK_BYTES]);
            }
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("No space left")) {
                throw e;
            }
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
