package dev.understudy.sandbox;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * PostgreSQL's programs, unpacked once per user into a cache from the archive on the class path.
 */
record PostgresBinaries(Path home) {

    private static final class Once {
        private static final PostgresBinaries BINARIES = unpack();
    }

    static PostgresBinaries unpacked() {
        return Once.BINARIES;
    }

    /** How a program is called. PostgreSQL refuses to run as root, so root sheds it first. */
    List<String> command(String program) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(home.resolve("bin").resolve(program).toString());
        return command;
    }

    /** Makes an empty cluster whose order of text does not depend on the machine. */
    void initialise(Path data, String user) {
        List<String> command = new ArrayList<>(command("initdb"));
        command.addAll(List.of("-D", data.toString(), "-U", user, "-A", "trust", "-E", "UTF8"));
        command.addAll(List.of("--locale=C", "--locale-provider=builtin"));
        command.addAll(List.of("--builtin-locale=C.UTF-8", "--no-sync"));
        Path log = data.resolveSibling("initdb.log");
        try {
            Process initdb =
                    ChildProcesses.start(
                            new ProcessBuilder(OwnSession.of(command))
                                    .redirectErrorStream(true)
                                    .redirectOutput(log.toFile()));
            if (initdb.waitFor() != 0) {
                throw new SandboxException("postgres: initdb failed; " + LogTail.of(log));
            }
        } catch (IOException e) {
            throw new SandboxException("postgres: initdb cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("postgres: interrupted while running initdb", e);
        }
    }

    private static boolean isRoot() {
        try {
            return Files.getOwner(Path.of("/proc/self")).getName().equals("root");
        } catch (IOException _) {
            return "root".equals(System.getProperty("user.name"));
        }
    }

    private static PostgresBinaries unpack() {
        try {
            byte[] archive = archive();
            Path home = cache().resolve("postgres-" + digest(archive));
            if (!Files.exists(home)) {
                Path part = Files.createTempDirectory(Files.createDirectories(cache()), "part-");
                extract(archive, part);
                moveUnlessThere(part, home);
            }
            return new PostgresBinaries(home);
        } catch (IOException e) {
            throw new SandboxException("postgres: its programs cannot be unpacked: " + e, e);
        }
    }

    private static byte[] archive() throws IOException {
        String system = System.getProperty("os.name").startsWith("Mac") ? "Darwin" : "Linux";
        String machine = System.getProperty("os.arch").equals("amd64") ? "x86_64" : "arm_64";
        try (InputStream archive =
                DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine)) {
            return archive.readAllBytes();
        } catch (IllegalStateException e) {
            throw new IOException("none on the class path for " + system + " " + machine, e);
        }
    }

    private static void extract(byte[] archive, Path into) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(
                        new XZCompressorInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
                Path file = into.resolve(entry.getName()).normalize();
                if (!file.startsWith(into)) {
                    throw new IOException("The archive reaches outside: " + entry.getName());
                }
                write(tar, entry, file);
            }
        }
    }

    private static void write(InputStream tar, TarArchiveEntry entry, Path file)
            throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.resolveSibling(""));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, file);
            boolean program = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(
                    file, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    /** Another process may have been faster; then its copy is as good as ours. */
    private static void moveUnlessThere(Path part, Path home) throws IOException {
        try {
            Files.move(part, home);
        } catch (IOException e) {
            new WorkDirectory(part, WorkDirectory.Lifetime.TEMPORARY).release();
            if (!Files.exists(home)) {
                throw e;
            }
        }
    }

    private static Path cache() {
        String base = System.getenv("XDG_CACHE_HOME");
        Path caches =
                base == null || base.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(base);
        return caches.resolve("understudy");
    }

    private static String digest(byte[] archive) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(archive);
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
