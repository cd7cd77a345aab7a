package dev.understudy.sandbox;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a command is prefixed with to run in a session of its own, out of the reach of the terminal:
 * Ctrl-C then signals this JVM only, which stops the others in their order. Empty where there is no
 * {@code setsid} command; they then get the terminal's signal, too.
 */
final class OwnSession {

    private static final List<String> PREFIX = find();

    private OwnSession() {}

    static List<String> of(List<String> command) {
        return Stream.concat(PREFIX.stream(), command.stream()).toList();
    }

    private static List<String> find() {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        for (String directory : path.split(File.pathSeparator, -1)) {
            Path setsid = Path.of(directory, "setsid");
            if (Files.isExecutable(setsid)) {
                return List.of(setsid.toString());
            }
        }
        return List.of();
    }
}
