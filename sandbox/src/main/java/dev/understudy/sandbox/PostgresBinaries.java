package dev.understudy.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** PostgreSQL's programs, unpacked once per user into a cache from the archive in the build. */
record PostgresBinaries(PostgresVersion version, Path home) {

    private static final Map<PostgresVersion, PostgresBinaries> UNPACKED =
            new ConcurrentHashMap<>();

    static PostgresBinaries unpacked(PostgresVersion version) {
        return UNPACKED.computeIfAbsent(
                version, v -> new PostgresBinaries(v, PostgresArchive.unpacked(v)));
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
        command.addAll(List.of("--locale=C", "--no-sync"));
        command.addAll(version.localeArguments());
        Path log = data.resolveSibling("initdb.log");
        try {
            Process initdb =
                    ChildProcesses.start(
                            new ProcessBuilder(OwnSession.of(command))
                                    .redirectErrorStream(true)
                                    .redirectOutput(log.toFile()));
            if (initdb.waitFor() != 0) {
                throw new SandboxException(
                        "postgres: initdb failed" + hint() + "; " + LogTail.of(log));
            }
        } catch (IOException e) {
            throw new SandboxException("postgres: initdb cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("postgres: interrupted while running initdb", e);
        }
    }

    private static String hint() {
        return isRoot() ? " (for root it needs user namespaces: unshare -U)" : "";
    }

    private static boolean isRoot() {
        try {
            return Files.getOwner(Path.of("/proc/self")).getName().equals("root");
        } catch (IOException _) {
            return "root".equals(System.getProperty("user.name"));
        }
    }
}
