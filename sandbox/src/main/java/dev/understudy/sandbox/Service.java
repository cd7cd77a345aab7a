package dev.understudy.sandbox;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One of the services; it is up when {@code GET /health} answers 200. */
public final class Service implements Part {

    static final int HEAP_MB = 256;

    private final PartRunner runner;
    private final URI baseUrl;

    Service(PartRunner runner, URI baseUrl) {
        this.runner = runner;
        this.baseUrl = baseUrl;
    }

    /** Starts a service as a process; the caller closes it, else the end of the JVM does. */
    public static Service open(ServiceOptions options) {
        return Opening.open(process(options));
    }

    static Service process(ServiceOptions options) {
        int port = Ports.orFree(options.port());
        URI baseUrl = URI.create("http://127.0.0.1:" + port);
        Map<String, String> environment = new HashMap<>(options.environment());
        environment.put("MICRONAUT_SERVER_PORT", String.valueOf(port));
        PartPlan plan =
                new PartPlan(
                        options.name(),
                        new JavaCommand(options.purpose(), HEAP_MB, List.of())
                                .jar(options.jar().toAbsolutePath()),
                        environment,
                        WorkDirectory.of(options.directory(), options.name()),
                        PartPlan.Life.readyAt(health(baseUrl)));
        return new Service(new PartProcess(plan), baseUrl);
    }

    static Readiness health(URI baseUrl) {
        return Readiness.http(baseUrl.resolve("/health"));
    }

    @Override
    public PartRunner runner() {
        return runner;
    }

    /** Scheme, host and port, without a slash at the end. */
    public URI baseUrl() {
        return baseUrl;
    }

    /**
     * Stops the service and starts it with its first environment, changed by the given variables
     * for this and later starts. Give none to go back to the first.
     */
    public void restartWith(Map<String, String> changes) {
        stop();
        runner.reconfigure(changes);
        start();
    }
}
