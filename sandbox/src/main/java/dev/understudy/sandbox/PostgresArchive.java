package dev.understudy.sandbox;

import dev.understudy.sandbox.WorkDirectory.Lifetime;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The archive of a PostgreSQL release in the build, unpacked once per user into a cache. */
final class PostgresArchive {

    private PostgresArchive() {}

    /** The directory of the unpacked archive; unpacks it if that has not been done yet. */
    static Path unpacked(PostgresVersion version) {
        try {
            byte[] archive = Files.readAllBytes(archive(version));
            Path home = cache().resolve("postgres-" + digest(archive));
            if (!Files.exists(home)) {
                Path made = Files.createTempDirectory(Files.createDirectories(cache()), "part-");
                try (WorkDirectory part = new WorkDirectory(made, Lifetime.TEMPORARY)) {
                    AtShutdown.add(part);
                    extract(archive, made);
                    moveUnlessThere(made, home);
                }
            }
            return home;
        } catch (IOException e) {
            throw new SandboxException("postgres: its programs cannot be unpacked: " + e, e);
        }
    }

    private static Path archive(PostgresVersion version) {
        String system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch").equals("amd64") ? "x86_64" : "arm_64";
        return Home.find()
                .require(
                        "sandbox/target/postgres-%d/postgres-%s-%s.txz"
                                .formatted(version.major(), system, machine));
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
