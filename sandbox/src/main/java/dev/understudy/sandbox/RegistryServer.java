package dev.understudy.sandbox;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A Schema Registry with Confluent's API: Apicurio Registry, which keeps its schemas and their IDs
 * in a file of its own, so that they survive a stop or a kill.
 */
public final class RegistryServer implements Part {

    private static final int HEAP_MB = 384;
    private static final String API = "/apis/ccompat/v7";

    private final PartProcess process;
    private final int port;

    RegistryServer(String name, ServerOptions options) {
        WorkDirectory directory = WorkDirectory.of(options.directory(), name);
        port = Ports.orFree(options.port());
        PartPlan plan =
                new PartPlan(
                        name,
                        command(directory, options),
                        Map.of(),
                        directory,
                        Readiness.http(URI.create(url() + "/subjects")),
                        Signal.TERMINATE);
        process = new PartProcess(plan);
    }

    /** Starts a registry of its own on a free port. */
    public static RegistryServer open() {
        return open(ServerOptions.defaults());
    }

    /** Starts a registry; the caller closes it, else the end of the JVM does. */
    public static RegistryServer open(ServerOptions options) {
        return Opening.open(new RegistryServer("registry", options));
    }

    @Override
    public PartProcess process() {
        return process;
    }

    /** The base of Confluent's API, what clients take as {@code schema.registry.url}. */
    public String url() {
        return "http://127.0.0.1:" + port + API;
    }

    private List<String> command(WorkDirectory directory, ServerOptions options) {
        Map<String, String> properties = new HashMap<>();
        properties.put("quarkus.http.host", "127.0.0.1");
        properties.put("quarkus.http.port", String.valueOf(port));
        properties.put("quarkus.management.host", "127.0.0.1");
        properties.put(
                "quarkus.management.port", String.valueOf(Ports.orFree(options.internalPort())));
        properties.put("apicurio.storage.kind", "sql");
        properties.put("apicurio.storage.sql.kind", "h2");
        properties.put(
                "apicurio.datasource.url",
                "jdbc:h2:file:" + directory.path().resolve("schemas") + ";WRITE_DELAY=0");
        properties.putAll(options.settings());
        List<String> flags = new ArrayList<>();
        properties.forEach((key, value) -> flags.add("-D" + key + "=" + value));
        return new JavaCommand(options.purpose(), HEAP_MB, flags)
                .jar(Home.find().require("sandbox/target/registry/quarkus-run.jar"));
    }
}
