package dev.understudy.lob.dataimport;

import dev.understudy.lob.client.InstanceSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** Which file goes to which instance, and how. */
public record ImportSettings(
        Path file, Format format, Shape shape, URI url, Limits limits, Start start) {

    /** Where an import starts: with the first row, or where an earlier one stopped. */
    public enum Start {
        BEGINNING,
        CHECKPOINT
    }

    /**
     * {@code inFlight}: requests at once (1 to 1000). {@code rowBytes}: longest row (1 to 64 MiB).
     * {@code checkpointRows}: rows between two checkpoints. {@code patience}: how long one row is
     * sent again while the instance gives no usable answer. {@code requestTimeout}: longest wait
     * for one answer.
     */
    public record Limits(
            int inFlight,
            int rowBytes,
            int checkpointRows,
            Duration patience,
            Duration requestTimeout) {

        public static final Limits DEFAULT =
                new Limits(16, 1 << 20, 500, Duration.ofSeconds(30), Duration.ofSeconds(20));

        public Limits {
            require(inFlight >= 1 && inFlight <= 1000, "requests at once are 1 to 1000");
            require(rowBytes >= 1 && rowBytes <= 64 << 20, "a row's bytes are 1 to 67108864");
            require(checkpointRows >= 1, "rows between checkpoints are at least 1");
            require(!patience.isNegative(), "the patience is not negative");
            require(requestTimeout.isPositive(), "the request time-out is positive");
        }
    }

    /** Throws IllegalArgumentException if the URL is not that of an instance. */
    public ImportSettings {
        InstanceSettings.at(url);
    }

    /** The import of a whole file with the default limits; its name tells the format. */
    public static ImportSettings of(Path file, Shape shape, URI url) {
        return new ImportSettings(
                file, Format.of(file), shape, url, Limits.DEFAULT, Start.BEGINNING);
    }

    /** The same, going on where an earlier import stopped. */
    public ImportSettings resumed() {
        return new ImportSettings(file, format, shape, url, limits, Start.CHECKPOINT);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
