package dev.understudy.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The classes that a runnable jar loads at its start, read and linked beforehand: the JDK's AOT
 * cache, beside the jar. It halves the start of a service. It is used and made only where the
 * system property {@code sandbox.archives} is {@code true}, which is so in the system tests.
 */
public record ClassArchive(Path jar) {

    private static final String PROPERTY = "sandbox.archives";

    /** That of the jar which a command line runs. */
    static Optional<ClassArchive> of(List<String> command) {
        int jar = command.indexOf("-jar") + 1;
        return jar == 0
                ? Optional.empty()
                : Optional.of(new ClassArchive(Path.of(command.get(jar))));
    }

    static boolean wanted() {
        return Boolean.getBoolean(PROPERTY);
    }

    /** What a JVM is given that runs the jar; nothing where there is no archive of this build. */
    public List<String> flags() {
        return wanted() && isFresh() ? List.of("-XX:AOTCache=" + file()) : List.of();
    }

    /** What a JVM is given that runs the jar, and makes the file when it ends. */
    static List<String> flagsToMake(Path file) {
        return List.of("-XX:AOTCacheOutput=" + file);
    }

    Path file() {
        return jar.resolveSibling(jar.getFileName().toString().replace(".jar", ".aot"));
    }

    /** Whether it is there, and no part of the jar's class path is newer. */
    boolean isFresh() {
        try {
            FileTime made = Files.getLastModifiedTime(file());
            for (Path part : classPath()) {
                if (Files.getLastModifiedTime(part).compareTo(made) > 0) {
                    return false;
                }
            }
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private List<Path> classPath() throws IOException {
        List<Path> parts = new ArrayList<>(List.of(jar));
        Path libraries = jar.resolveSibling("lib");
        if (Files.isDirectory(libraries)) {
            try (Stream<Path> files = Files.list(libraries)) {
                parts.addAll(files.toList());
            }
        }
        return parts;
    }
}
