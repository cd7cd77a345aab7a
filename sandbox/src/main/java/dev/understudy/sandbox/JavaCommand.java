package dev.understudy.sandbox;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Command lines of JVMs: this JVM's own Java, a bounded heap, and the flags of what it runs for.
 */
final class JavaCommand {

    private static final List<String> FLAGS =
            List.of(
                    "-XX:+ExitOnOutOfMemoryError",
                    "--sun-misc-unsafe-memory-access=allow",
                    "--enable-native-access=ALL-UNNAMED");

    private final Purpose purpose;
    private final int shortLivedHeapMb;
    private final List<String> flags;

    JavaCommand(Purpose purpose, int shortLivedHeapMb, List<String> flags) {
        this.purpose = purpose;
        this.shortLivedHeapMb = shortLivedHeapMb;
        this.flags = flags;
    }

    /** A runnable jar. */
    List<String> jar(Path jar) {
        return command("-jar", jar.toString());
    }

    /** A main class on the class path of this JVM. */
    List<String> main(Class<?> main) {
        return command("-cp", classPath(), main.getName());
    }

    private List<String> command(String... what) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.add("-Xmx" + purpose.heapMb(shortLivedHeapMb) + "m");
        command.addAll(purpose.flags());
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
