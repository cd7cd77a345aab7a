package dev.understudy.sandbox;

import java.nio.file.Path;
import java.util.Map;

/**
 * A Schema Registry with Confluent's API: Apicurio Registry, which keeps its schemas and their IDs
 * in a file of its own, so that they survive a stop or a kill.
 */
public final class RegistryServer implements Part {

    private final PartRunner runner;
    private final Addresses urls;

    RegistryServer(PartRunner runner, Addresses urls) {
        this.runner = runner;
        this.urls = urls;
    }

    /** Starts a registry of its own on a free port. */
    public static RegistryServer open() {
        return open(ServerOptions.defaults());
    }

    /** Starts a registry as a process; the caller closes it, else the end of the JVM does. */
    public static RegistryServer open(ServerOptions options) {
        return Opening.open(RegistryProcess.of("registry", options));
    }

    /** Where Confluent's API of the registry on the given host and port is. */
    static String url(String hostAndPort) {
        return "http://" + hostAndPort + "/apis/ccompat/v7";
    }

    /** Its own configuration, for schemas in the given file. */
    static Map<String, String> settings(Path schemas) {
        return Map.of(
                "apicurio.storage.kind", "sql",
                "apicurio.storage.sql.kind", "h2",
                "apicurio.datasource.url", "jdbc:h2:file:" + schemas + ";WRITE_DELAY=0");
    }

    @Override
    public PartRunner runner() {
        return runner;
    }

    /** The base of Confluent's API, what clients take as {@code schema.registry.url}. */
    public String url() {
        return urls.outside();
    }

    /** What the services take. */
    String urlInside() {
        return urls.inside();
    }
}
