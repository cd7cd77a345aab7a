package dev.understudy.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A service's process that was started to see how it ends.
 *
 * @param lines what it printed
 */
record StartAttempt(int exitCode, List<String> lines) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Runs the module's jar in a directory until it ends. */
    static StartAttempt of(
            String module, Path directory, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        ServiceJar jar = new ServiceJar(module);
        Path log = jar.log(directory);
        ProcessBuilder builder =
                jar.process(log, environment, arguments).directory(directory.toFile());
        Process process = builder.start();
        try {
            if (!process.waitFor(PATIENCE)) {
                throw new AssertionError(
                        module + " still runs after " + PATIENCE + ": " + Files.readString(log));
            }
            return new StartAttempt(process.exitValue(), Files.readAllLines(log, UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }
}
