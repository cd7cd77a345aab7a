package dev.understudy.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a part keeps its files: a temporary place that goes with it, or one that is kept. */
record WorkDirectory(Path path, Lifetime lifetime) implements AutoCloseable {

    enum Lifetime {
        KEPT,
        TEMPORARY
    }

    private static final Logger LOG = LoggerFactory.getLogger(WorkDirectory.class);

    /** The given directory, made if absent and kept; without one, a new temporary directory. */
    static WorkDirectory of(@Nullable Path given, String name) {
        try {
            if (given == null) {
                AtShutdown.requireRunning();
                Path made = Files.createTempDirectory("understudy-" + name.replace(' ', '-') + "-");
                WorkDirectory temporary = new WorkDirectory(made.toRealPath(), Lifetime.TEMPORARY);
                AtShutdown.add(temporary);
                return temporary;
            }
            return new WorkDirectory(Files.createDirectories(given).toRealPath(), Lifetime.KEPT);
        } catch (IOException e) {
            throw new SandboxException(name + ": cannot make its directory: " + e, e);
        }
    }

    /** Removes a temporary directory with all that is in it. */
    @Override
    public void close() {
        AtShutdown.remove(this);
        if (lifetime == Lifetime.KEPT || !Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("Could not remove {}: {}", path, e.toString());
        }
    }
}
