package dev.understudy.replicator.configuration;

import dev.understudy.service.EntitiesConfiguration;
import dev.understudy.service.InvalidConfigurationException;
import dev.understudy.service.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The catalog, as {@code understudy.catalog} has it, or as it is now in a file, an entry a line.
 *
 * @param configured what the properties say
 * @param file property {@code understudy.replicator.catalog-file}
 */
public record CatalogConfiguration(EntitiesConfiguration configured, Optional<Path> file) {
    private static final String FILE = "understudy.replicator.catalog-file";

    static CatalogConfiguration of(Settings settings) {
        Optional<Path> file =
                Optional.of(settings.text(FILE, "")).filter(text -> !text.isEmpty()).map(Path::of);
        CatalogConfiguration catalog =
                new CatalogConfiguration(EntitiesConfiguration.of(settings), file);
        var _ = catalog.entities();
        return catalog;
    }

    /**
     * What is configured now. Lines that are empty or begin with {@code #} say nothing.
     *
     * @throws InvalidConfigurationException if the file cannot be read, or has no entry
     */
    public EntitiesConfiguration entities() {
        return file.map(path ->
                        new EntitiesConfiguration(
                                configured.instance(), entries(path), configured.schemas()))
                .orElse(configured);
    }

    private static List<String> entries(Path file) {
        try {
            List<String> entries =
                    Files.readAllLines(file).stream()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                            .flatMap(line -> Arrays.stream(line.split(",", -1)))
                            .toList();
            if (!entries.isEmpty()) {
                return entries;
            }
        } catch (IOException _) {
            // Told as what it is: nothing to be read.
        }
        throw new InvalidConfigurationException(
                FILE, file.toString(), "a file with an entry of the catalog on each line");
    }
}
