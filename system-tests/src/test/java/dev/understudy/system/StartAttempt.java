package dev.understudy.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
        Path home = Path.of(System.getProperty("understudy.home", ".."));
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "--sun-misc-unsafe-memory-access=allow",
                                "--enable-native-access=ALL-UNNAMED",
                                "-jar",
                                home.resolve(module + "/target/" + module + ".jar").toString()));
        command.addAll(List.of(arguments));
        Path log = Files.createTempFile(directory, module, ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("UNDERSTUDY_"));
        builder.environment().putAll(environment);
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
