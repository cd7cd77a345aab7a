package dev.understudy.sandbox;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The root of the built checkout, where the registry and the runnable jars are. */
record Home(Path path) {

    /**
     * Finds it: the system property {@code understudy.home}, else the nearest directory above this
     * code or above the working directory that holds the build.
     */
    static Home find() {
        String given = System.getProperty("understudy.home");
        if (given != null && !given.isEmpty()) {
            return new Home(Path.of(given).toAbsolutePath());
        }
        for (Path start : starts()) {
            for (Path path = start; path != null; path = path.getParent()) {
                if (Files.exists(path.resolve("mvnw")) && Files.exists(path.resolve("sandbox"))) {
                    return new Home(path);
                }
            }
        }
        throw new SandboxException(
                "The Understudy checkout was not found above "
                        + starts()
                        + "; set the system property understudy.home to it.");
    }

    /** A file of the build. */
    Path require(String relative) {
        Path file = path.resolve(relative);
        if (!Files.exists(file)) {
            throw new SandboxException(
                    file + " is missing; build it first: ./mvnw -DskipTests package in " + path);
        }
        return file;
    }

    private static List<Path> starts() {
        List<Path> starts = new ArrayList<>();
        Path code = code(Home.class.getProtectionDomain().getCodeSource());
        if (code != null) {
            starts.add(code);
        }
        starts.add(Path.of("").toAbsolutePath());
        return starts;
    }

    private static @Nullable Path code(@Nullable CodeSource source) {
        try {
            return source == null ? null : Path.of(source.getLocation().toURI()).toAbsolutePath();
        } catch (URISyntaxException _) {
            return null;
        }
    }
}
