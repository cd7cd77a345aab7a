package dev.understudy.sandbox;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A service run from its runnable jar; it is up when {@code GET /health} answers 200. */
public final class ServiceProcess implements Part {

    private static final int HEAP_MB = 256;

    private final PartProcess process;
    private final PartPlan plan;
    private final URI baseUrl;

    ServiceProcess(ServiceOptions options) {
        int port = Ports.orFree(options.port());
        baseUrl = URI.create("http://127.0.0.1:" + port);
        Map<String, String> environment = new HashMap<>(options.environment());
        environment.put("MICRONAUT_SERVER_PORT", String.valueOf(port));
        plan =
                new PartPlan(
                        options.name(),
                        new JavaCommand(options.purpose(), HEAP_MB, List.of())
                                .jar(options.jar().toAbsolutePath()),
                        environment,
                        WorkDirectory.of(options.directory(), options.name()),
                        Readiness.http(baseUrl.resolve("/health")),
                        Signal.TERMINATE);
        process = new PartProcess(plan);
    }

    /** Starts a service; the caller closes it, else the end of the JVM does. */
    public static ServiceProcess open(ServiceOptions options) {
        return Opening.open(new ServiceProcess(options));
    }

    @Override
    public PartProcess process() {
        return process;
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
        process.replan(plan.withEnvironment(changes));
        start();
    }
}
