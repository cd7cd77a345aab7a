package dev.understudy.sandbox;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the parts of a sandbox, none of them started, from its options. */
final class SandboxParts {

    private static final String REMEDY =
            "choose other ports with --base-port (in code: SandboxOptions.withBasePort)";
    private static final String CLASS_PATH_PLACE = "classpath:";

    private final SandboxOptions options;
    private final Path directory;
    private final Map<SandboxPart, Part> made = new EnumMap<>(SandboxPart.class);

    private final PartMaker maker;

    SandboxParts(SandboxOptions options, Path directory, PartMaker maker) {
        this.options = options;
        this.directory = directory;
        this.maker = maker;
    }

    /** Checks that every fixed port is free before anything is made or started. */
    static void requireFreePorts(SandboxOptions options) {
        for (SandboxPart part : SandboxPart.values()) {
            if (options.parts().contains(part)) {
                requireFree(part.label(), part.port(options.basePort()));
                requireFree(part.label() + " (internal)", part.internalPort(options.basePort()));
            }
        }
    }

    private static void requireFree(String name, int port) {
        if (port != 0) {
            Ports.requireFree(name, port, REMEDY);
        }
    }

    Map<SandboxPart, Part> make() {
        // The services are made from the addresses of the servers, so these come first.
        for (SandboxPart part : List.of(SandboxPart.values()).reversed()) {
            if (options.parts().contains(part)) {
                made.put(part, make(part));
            }
        }
        return made;
    }

    private Part make(SandboxPart part) {
        return switch (part) {
            case US, EUROPE, REPLICATOR ->
                    service(part, part.label(), part.port(options.basePort()));
            case REGISTRY -> maker.registry(part.label(), server(part));
            case KAFKA -> maker.kafka(part.label(), server(part));
            case US_DATABASE, EUROPE_DATABASE ->
                    maker.postgres(part.label(), options.platform().postgres(), server(part));
        };
    }

    private ServerOptions server(SandboxPart part) {
        return new ServerOptions(
                directory.resolve(part.label()),
                part.port(options.basePort()),
                part.internalPort(options.basePort()),
                options.settingsOf(part),
                options.platform().purpose());
    }

    /** One more process of a service that was made, under a name of its own, on a free port. */
    Service another(SandboxPart part, String name) {
        return service(part, name, 0);
    }

    private Service service(SandboxPart part, String name, int port) {
        String module = part.module();
        Path jar = Home.find().require(module + "/target/" + module + ".jar");
        Map<String, String> environment = new HashMap<>(environment(part));
        environment.putAll(options.settingsOf(part));
        return maker.service(
                new ServiceOptions(
                        name,
                        jar,
                        port,
                        environment,
                        options.platform().purpose(),
                        directory.resolve(name)));
    }

    private Map<String, String> environment(SandboxPart part) {
        Database database =
                part == SandboxPart.US
                        ? server(SandboxPart.US_DATABASE, PostgresServer.class).databaseInside("us")
                        : server(SandboxPart.EUROPE_DATABASE, PostgresServer.class)
                                .databaseInside("europe");
        return Map.of(
                "UNDERSTUDY_INSTANCE", part == SandboxPart.US ? "us" : "europe",
                "UNDERSTUDY_CATALOG", String.join(",", catalogOf(part)),
                "UNDERSTUDY_SCHEMAS", String.join(",", schemas()),
                "UNDERSTUDY_DATABASE_URL", database.jdbcUrl(),
                "UNDERSTUDY_DATABASE_USER", database.user(),
                "UNDERSTUDY_DATABASE_PASSWORD", database.password(),
                "UNDERSTUDY_KAFKA_BOOTSTRAP_SERVERS",
                        server(SandboxPart.KAFKA, KafkaServer.class).bootstrapServersInside(),
                "UNDERSTUDY_REGISTRY_URL",
                        server(SandboxPart.REGISTRY, RegistryServer.class).urlInside());
    }

    private <P extends Part> P server(SandboxPart part, Class<P> type) {
        return type.cast(requireNonNull(made.get(part)));
    }

    private List<String> catalogOf(SandboxPart part) {
        return part == SandboxPart.US
                ? options.entities().catalog().stream()
                        .filter(entry -> entry.startsWith("us."))
                        .toList()
                : options.entities().catalog();
    }

    /** Absolute, because a service has a working directory of its own. */
    private List<String> schemas() {
        return options.entities().schemas().stream()
                .map(place ->
                        place.startsWith(CLASS_PATH_PLACE)
                                ? place
                                : Path.of(place).toAbsolutePath().toString())
                .toList();
    }
}
