package dev.understudy.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/** Reads how Kafka's clients connect from a file as Kafka's own tools take it. */
final class ClientProperties {
    /** Everything else is the service's business: what it promises depends on it. */
    private static final Pattern ALLOWED = Pattern.compile("(security|sasl|ssl)\\..+");

    private ClientProperties() {}

    /**
     * The settings in a file; none if no file is named.
     *
     * @throws InvalidConfigurationException if it cannot be read, or sets anything else
     */
    static Map<String, String> read(String property, String file) {
        if (file.isEmpty()) {
            return Map.of();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(file), UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException _) {
            throw new InvalidConfigurationException(property, file, "a readable properties file");
        }
        Map<String, String> settings = new HashMap<>();
        for (String name : properties.stringPropertyNames()) {
            if (!ALLOWED.matcher(name).matches()) {
                throw new InvalidConfigurationException(
                        property,
                        file,
                        "a file of Kafka's settings security.*, sasl.* and ssl.* only, without "
                                + name);
            }
            settings.put(name, properties.getProperty(name));
        }
        return settings;
    }
}
