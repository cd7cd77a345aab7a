package dev.understudy.replicator;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A table on a disk without room: a file system of its own in memory where that may be mounted, and
 * otherwise a trigger that fails as a full disk does.
 */
final class FullDisk {
    private static final String FAIL =
            """
            CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';
            END $$;
            CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON contoso_crm."%s"
            FOR EACH STATEMENT EXECUTE FUNCTION full_disk()
            """;

    private final Rig rig;
    private final String table;
    private final Optional<Path> mounted;

    private FullDisk(Rig rig, String table, Optional<Path> mounted) {
        this.rig = rig;
        this.table = table;
        this.mounted = mounted;
    }

    static FullDisk under(Rig rig, String table) throws Exception {
        Path directory = Files.createTempDirectory("understudy-full-disk");
        if (run("mount", "-t", "tmpfs", "-o", "size=4m,mode=0700", "tmpfs", directory.toString())) {
            FullDisk disk = new FullDisk(rig, table, Optional.of(directory));
            Path tablespace = Files.createDirectory(directory.resolve("tablespace"));
            rig.replica.execute("CREATE TABLESPACE full_disk LOCATION '%s'".formatted(tablespace));
            disk.move("full_disk");
            fill(ballast(directory));
            return disk;
        }
        Files.delete(directory);
        rig.replica.execute(FAIL.formatted(table));
        return new FullDisk(rig, table, Optional.empty());
    }

    void makeRoom() throws Exception {
        if (mounted.isPresent()) {
            Files.delete(ballast(mounted.get()));
        } else {
            rig.replica.execute("DROP FUNCTION full_disk() CASCADE");
        }
    }

    /** Puts the table back to where it was. */
    void remove() throws Exception {
        if (mounted.isPresent()) {
            move("pg_default");
            rig.replica.execute("DROP TABLESPACE full_disk");
            run("umount", "--lazy", mounted.get().toString());
            Files.delete(mounted.get());
        }
    }

    private void move(String tablespace) throws Exception {
        rig.replica.execute(
                "ALTER TABLE contoso_crm.\"%s\" SET TABLESPACE %s".formatted(table, tablespace));
    }

    private static Path ballast(Path directory) {
        return directory.resolve("ballast");
    }

    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(new byte[4096]);
            }
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("No space left")) {
                throw e;
            }
        }
    }

    private static boolean run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
