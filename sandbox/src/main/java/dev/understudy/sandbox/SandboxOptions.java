package dev.understudy.sandbox;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Sandbox} is made of.
 *
 * @param basePort the first of the nine ports it uses; 0 takes free ports
 * @param parts the parts that run; a service needs Kafka, the registry and its database
 * @param directory where data and logs are kept; null for a temporary one that goes with it
 * @param entities what the services know
 * @param settings by part: environment variables of a service, settings of a server as in {@link
 *     ServerOptions#settings()}
 * @param platform what the parts run on
 */
public record SandboxOptions(
        int basePort,
        Set<SandboxPart> parts,
        @Nullable Path directory,
        EntityTypes entities,
        Map<SandboxPart, Map<String, String>> settings,
        Platform platform) {

    private static final int LAST_BASE_PORT = 65_500;

    /** Checks and copies. */
    public SandboxOptions {
        parts = Set.copyOf(parts);
        settings = Map.copyOf(settings);
        if (basePort < 0 || basePort > LAST_BASE_PORT) {
            throw new IllegalArgumentException("Base port out of range: " + basePort);
        }
        for (SandboxPart part : parts) {
            if (!parts.containsAll(part.needs())) {
                throw new IllegalArgumentException(part.label() + " needs " + part.needs());
            }
        }
    }

    /** The whole system with the contoso domain, on free ports, in a temporary directory. */
    public static SandboxOptions defaults() {
        return new SandboxOptions(
                0,
                EnumSet.allOf(SandboxPart.class),
                null,
                EntityTypes.contoso(),
                Map.of(),
                Platform.chosen());
    }

    /** The same on fixed ports, the base port and those after it. */
    public SandboxOptions withBasePort(int first) {
        return new SandboxOptions(first, parts, directory, entities, settings, platform);
    }

    /** The same with these parts only. */
    public SandboxOptions withParts(Set<SandboxPart> only) {
        return new SandboxOptions(basePort, only, directory, entities, settings, platform);
    }

    /** The same in a directory that is kept, with what it holds from an earlier run. */
    public SandboxOptions withDirectory(Path kept) {
        return new SandboxOptions(basePort, parts, kept, entities, settings, platform);
    }

    /** The same with other entity types, whose schemas are found in the given places. */
    public SandboxOptions withEntities(List<String> catalog, List<String> schemas) {
        EntityTypes others = new EntityTypes(catalog, schemas);
        return new SandboxOptions(basePort, parts, directory, others, settings, platform);
    }

    /** The same on something else. */
    public SandboxOptions withPlatform(Platform other) {
        return new SandboxOptions(basePort, parts, directory, entities, settings, other);
    }

    /** The same with one more setting of a part. */
    public SandboxOptions withSetting(SandboxPart part, String key, String value) {
        Map<String, String> ofPart = new HashMap<>(settingsOf(part));
        ofPart.put(key, value);
        Map<SandboxPart, Map<String, String>> all = new EnumMap<>(SandboxPart.class);
        all.putAll(settings);
        all.put(part, Map.copyOf(ofPart));
        return new SandboxOptions(basePort, parts, directory, entities, all, platform);
    }

    Map<String, String> settingsOf(SandboxPart part) {
        return settings.getOrDefault(part, Map.of());
    }
}
