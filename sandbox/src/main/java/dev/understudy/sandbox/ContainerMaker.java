package dev.understudy.sandbox;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * Makes parts that are containers: the images that {@code deploy/compose.yaml} names, and those of
 * the services, on a network of their own. Each is published on one port of loopback, which it
 * keeps, and is known to the others by its name. Data are in the containers and go with them.
 */
final class ContainerMaker implements PartMaker {

    static final String KAFKA_IMAGE = "apache/kafka:4.3.1";
    static final String REGISTRY_IMAGE = "apicurio/apicurio-registry:3.3.3";
    static final String POSTGRES_IMAGE = "postgres:";

    private static final int KAFKA_OUTSIDE = 19_092;
    private static final int KAFKA_INSIDE = 9_092;
    private static final int POSTGRES = 5_432;
    private static final int HTTP = 8_080;
    private static final int READABLE_BY_ALL = 0755;

    /** A service in a container listens beyond its loopback, and so asks for tokens. */
    private static final String KEY = AccessToken.newKey();

    private static final Duration TOKENS_LAST = Duration.ofDays(1);

    private final Network network;

    ContainerMaker() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new SandboxException(
                    "Containers were asked for, but no container engine answers; start one, or run"
                            + " without -Dsandbox.containers=true");
        }
        ServiceImage.prepare();
        // What the clients of this JVM send.
        System.setProperty(
                "understudy.token",
                AccessToken.of(
                        KEY,
                        List.of("read", "write", "replicate", "administer"),
                        Instant.now().plus(TOKENS_LAST)));
        network = Network.newNetwork();
    }

    @Override
    public KafkaServer kafka(String name, ServerOptions options) {
        int port = Ports.orFree(options.port());
        Addresses addresses = new Addresses("127.0.0.1:" + port, name + ":" + KAFKA_INSIDE);
        Map<String, String> settings = new HashMap<>(KafkaServer.SETTINGS);
        settings.put(
                "listeners",
                "OUTSIDE://:%d,INSIDE://:%d,CONTROLLER://localhost:9093"
                        .formatted(KAFKA_OUTSIDE, KAFKA_INSIDE));
        settings.put(
                "advertised.listeners",
                "OUTSIDE://%s,INSIDE://%s".formatted(addresses.outside(), addresses.inside()));
        settings.put(
                "listener.security.protocol.map",
                "OUTSIDE:PLAINTEXT,INSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("inter.broker.listener.name", "INSIDE");
        settings.put("controller.quorum.voters", "1@localhost:9093");
        settings.putAll(options.settings());
        Map<String, String> environment = new HashMap<>(variables("KAFKA_", settings));
        environment.put("KAFKA_HEAP_OPTS", "-Xmx%dm".formatted(options.purpose().heapMb(384)));
        PartContainer.Blueprint blueprint =
                changes ->
                        container(KAFKA_IMAGE, name, port, KAFKA_OUTSIDE)
                                .withEnv(environment)
                                .withEnv(changes);
        return new KafkaServer(
                part(name, options.directory(), Readiness.kafka(addresses.outside()), blueprint),
                addresses);
    }

    @Override
    public RegistryServer registry(String name, ServerOptions options) {
        int port = Ports.orFree(options.port());
        Map<String, String> settings =
                new HashMap<>(RegistryServer.settings(Path.of("/tmp/schemas")));
        settings.putAll(options.settings());
        Map<String, String> environment = new HashMap<>(variables("", settings));
        environment.put("JAVA_OPTS_APPEND", "-Xmx%dm".formatted(options.purpose().heapMb(384)));
        Addresses urls =
                new Addresses(
                        RegistryServer.url("127.0.0.1:" + port),
                        RegistryServer.url(name + ":" + HTTP));
        PartContainer.Blueprint blueprint =
                changes ->
                        container(REGISTRY_IMAGE, name, port, HTTP)
                                .withEnv(environment)
                                .withEnv(changes);
        Readiness readiness = Readiness.http(URI.create(urls.outside() + "/subjects"));
        return new RegistryServer(part(name, options.directory(), readiness, blueprint), urls);
    }

    @Override
    public PostgresServer postgres(String name, PostgresVersion version, ServerOptions options) {
        int port = Ports.orFree(options.port());
        Map<String, String> settings = new HashMap<>(PostgresServer.SETTINGS);
        settings.putAll(options.settings());
        List<String> command = new ArrayList<>(List.of("postgres"));
        command.addAll(PostgresServer.arguments(settings));
        List<String> initialisation = new ArrayList<>(List.of("--locale=C", "--encoding=UTF8"));
        initialisation.addAll(version.localeArguments());
        PartContainer.Blueprint blueprint =
                changes ->
                        container(POSTGRES_IMAGE + version.major(), name, port, POSTGRES)
                                .withEnv("POSTGRES_PASSWORD", PostgresServer.USER)
                                .withEnv("POSTGRES_INITDB_ARGS", String.join(" ", initialisation))
                                .withEnv(changes)
                                .withCommand(command.toArray(String[]::new));
        Addresses addresses = new Addresses("127.0.0.1:" + port, name + ":" + POSTGRES);
        Readiness readiness = Readiness.postgres(addresses.outside());
        return new PostgresServer(part(name, options.directory(), readiness, blueprint), addresses);
    }

    @Override
    public Service service(ServiceOptions options) {
        int port = Ports.orFree(options.port());
        URI baseUrl = URI.create("http://127.0.0.1:" + port);
        String flags =
                "-Xmx%dm %s"
                        .formatted(
                                options.purpose().heapMb(Service.HEAP_MB),
                                String.join(" ", options.purpose().flags()));
        PartContainer.Blueprint blueprint =
                changes ->
                        withSchemas(
                                options,
                                prepared(
                                                new GenericContainer<>(
                                                        ServiceImage.of(options.jar())),
                                                options.name(),
                                                port,
                                                HTTP)
                                        .withEnv("JAVA_TOOL_OPTIONS", flags)
                                        .withEnv("UNDERSTUDY_SECURITY_KEY", KEY)
                                        .withEnv(options.environment())
                                        .withEnv(changes));
        return new Service(
                part(options.name(), options.directory(), Service.health(baseUrl), blueprint),
                baseUrl);
    }

    /** Schemas of this machine are at the same place in the container. */
    private static GenericContainer<?> withSchemas(
            ServiceOptions options, GenericContainer<?> container) {
        String places = options.environment().getOrDefault("UNDERSTUDY_SCHEMAS", "");
        for (String place : places.split(",", -1)) {
            if (place.startsWith("/") && Files.exists(Path.of(place))) {
                container.withCopyFileToContainer(
                        MountableFile.forHostPath(place, READABLE_BY_ALL), place);
            }
        }
        return container;
    }

    private GenericContainer<?> container(String image, String name, int port, int inner) {
        return prepared(new GenericContainer<>(DockerImageName.parse(image)), name, port, inner);
    }

    private GenericContainer<?> prepared(
            GenericContainer<?> container, String name, int port, int inner) {
        container.setPortBindings(List.of("127.0.0.1:%d:%d".formatted(port, inner)));
        return container
                .withNetwork(network)
                .withNetworkAliases(name)
                .waitingFor(new LaunchedOnly());
    }

    private static PartContainer part(
            String name,
            @Nullable Path directory,
            Readiness readiness,
            PartContainer.Blueprint blueprint) {
        return new PartContainer(name, WorkDirectory.of(directory, name), readiness, blueprint);
    }

    private static Map<String, String> variables(String prefix, Map<String, String> settings) {
        Map<String, String> variables = new HashMap<>();
        settings.forEach((key, value) ->
                variables.put(prefix + key.toUpperCase(Locale.ROOT).replace('.', '_'), value));
        return variables;
    }

    /** Readiness is seen to after every start, not only after the first. */
    private static final class LaunchedOnly extends AbstractWaitStrategy {
        @Override
        protected void waitUntilReady() {}
    }

    @Override
    public void close() {
        network.close();
    }
}
