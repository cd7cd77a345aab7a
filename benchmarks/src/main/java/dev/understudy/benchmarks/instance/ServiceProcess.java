package dev.understudy.benchmarks.instance;

import dev.understudy.benchmarks.replicator.Infrastructure;
import dev.understudy.benchmarks.replicator.Worker;
import dev.understudy.sandbox.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A service as a process, by its own jar. */
final class ServiceProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Worker worker;
    private final URI base;
    private final URI orders;

    private ServiceProcess(Worker worker, int port, int orders) {
        this.worker = worker;
        this.base = URI.create("http://127.0.0.1:" + port);
        this.orders = URI.create("http://127.0.0.1:" + orders);
    }

    /** What it is configured with, beside its port. */
    static Map<String, String> environment(
            Infrastructure infrastructure, Database database, String name, String catalog) {
        return Map.of(
                "UNDERSTUDY_INSTANCE", name,
                "UNDERSTUDY_CATALOG", catalog,
                "UNDERSTUDY_DATABASE_URL", database.jdbcUrl(),
                "UNDERSTUDY_DATABASE_USER", database.user(),
                "UNDERSTUDY_DATABASE_PASSWORD", database.password(),
                "UNDERSTUDY_KAFKA_BOOTSTRAP_SERVERS", infrastructure.bootstrapServers(),
                "UNDERSTUDY_REGISTRY_URL", infrastructure.registryUrl());
    }

    /** Starts an instance that takes orders, and waits until it is up. */
    static ServiceProcess instance(
            String module, String main, Map<String, String> environment, String... more) {
        int orders = freePort();
        return start(
                module,
                List.of(
                        "-cp",
                        jar(module) + ":" + ownCode(),
                        MeasuredInstance.class.getName(),
                        Integer.toString(orders),
                        main),
                environment,
                orders,
                more);
    }

    /** Starts a service that is only looked at, and waits until it is up. */
    static ServiceProcess shipped(String module, Map<String, String> environment) {
        return start(module, List.of("-jar", jar(module)), environment, 1);
    }

    /**
     * @param more variables, as name and value in turns
     */
    private static ServiceProcess start(
            String module,
            List<String> what,
            Map<String, String> environment,
            int orders,
            String... more) {
        int port = freePort();
        Map<String, String> all = new HashMap<>(environment);
        all.put("MICRONAUT_SERVER_PORT", Integer.toString(port));
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        List<String> command = new ArrayList<>();
        command.add("@" + file("deploy/jvm.options"));
        command.add("-Xmx512m");
        command.addAll(what);
        ServiceProcess process =
                new ServiceProcess(Worker.start(module, command, all), port, orders);
        process.await(module + " is up", () -> process.get("/health").statusCode() == 200);
        return process;
    }

    URI base() {
        return base;
    }

    Worker worker() {
        return worker;
    }

    /** Lets its own process write. */
    Load direct(String how, int clients, Duration length, Work work)
            throws IOException, InterruptedException {
        String path = "/%s/%d/%d/%s".formatted(how, clients, length.toMillis(), work.text());
        HttpResponse<String> answer = send(orders.resolve(path));
        if (answer.statusCode() != 200) {
            throw new IOException(path + ": " + answer.body());
        }
        return Load.parse(answer.body());
    }

    /** What one of its metrics is now; 0 if there is none of that name. */
    double metric(String name) throws IOException, InterruptedException {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Something that may fail while the service starts. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    /** Waits until something holds; fails when that takes too long or the process ends. */
    void await(String what, Condition condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() > deadline || !worker.isAlive()) {
                throw new IllegalStateException("not in time: " + what + "\n" + worker.told());
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private static boolean holds(Condition condition) {
        try {
            return condition.holds();
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(base.resolve(path));
    }

    private HttpResponse<String> send(URI uri) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static String jar(String module) {
        return file("%s/target/%s.jar".formatted(module, module));
    }

    private static String file(String name) {
        return Path.of(System.getProperty("understudy.home", "."))
                .resolve(name)
                .toAbsolutePath()
                .toString();
    }

    private static String ownCode() {
        try {
            return Path.of(
                            ServiceProcess.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        worker.close();
    }
}
