package dev.understudy.sandbox;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Apicurio Registry in a JVM, as the build has unpacked it. */
final class RegistryProcess {

    private static final int HEAP_MB = 384;
    private static final String JAR = "sandbox/target/registry/quarkus-run.jar";

    private RegistryProcess() {}

    static RegistryServer of(String name, ServerOptions options) {
        WorkDirectory directory = WorkDirectory.of(options.directory(), name);
        int port = Ports.orFree(options.port());
        String url = RegistryServer.url("127.0.0.1:" + port);
        PartPlan plan =
                new PartPlan(
                        name,
                        command(directory, port, options),
                        Map.of(),
                        directory,
                        PartPlan.Life.readyAt(Readiness.http(URI.create(url + "/subjects"))));
        return new RegistryServer(new PartProcess(plan), Addresses.same(url));
    }

    private static List<String> command(WorkDirectory directory, int port, ServerOptions options) {
        Map<String, String> properties =
                new HashMap<>(RegistryServer.settings(directory.path().resolve("schemas")));
        properties.put("quarkus.http.host", "127.0.0.1");
        properties.put("quarkus.http.port", String.valueOf(port));
        properties.put("quarkus.management.host", "127.0.0.1");
        properties.put(
                "quarkus.management.port", String.valueOf(Ports.orFree(options.internalPort())));
        properties.putAll(options.settings());
        List<String> flags = new ArrayList<>();
        properties.forEach((key, value) -> flags.add("-D" + key + "=" + value));
        return new JavaCommand(options.purpose(), HEAP_MB, flags).jar(Home.find().require(JAR));
    }
}
