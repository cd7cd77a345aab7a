package dev.understudy.sandbox;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Command lines of JVMs: this JVM's own Java, a small heap, and flags that keep the start short.
 */
final class JavaCommand {

    private static final List<String> FLAGS =
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:+ExitOnOutOfMemoryError",
                    "--sun-misc-unsafe-memory-access=allow",
                    "--enable-native-access=ALL-UNNAMED");

    private JavaCommand() {}

    /** A runnable jar. */
    static List<String> jar(Path jar, List<String> flags) {
        return command(flags, "-jar", jar.toString());
    }

    /** A main class on the class path of this JVM. */
    static List<String> main(Class<?> main, List<String> flags) {
        return command(flags, "-cp", classPath(), main.getName());
    }

    private static List<String> command(List<String> flags, String... what) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(flags);
        command.addAll(List.of(what));
        return command;
    }

    /** Absolute, because the child has a working directory of its own. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
