package dev.understudy.benchmarks.replicator;

import dev.understudy.benchmarks.replicator.Destination.ForeignKeys;
import dev.understudy.sandbox.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The replicator as it is shipped, with foreign keys on.
 *
 * @param threads its stream threads
 * @param instances how many targets' replicators have been started, each of a name of its own so
 *     that it begins at the beginning
 */
record Ours(int threads, AtomicInteger instances) implements Contender {
    private static final List<String> JVM = List.of("-Xmx256m", "-XX:+UseParallelGC");

    Ours(int threads) {
        this(threads, new AtomicInteger());
    }

    @Override
    public String name() {
        return "Understudy, foreign keys on";
    }

    @Override
    public Destination destination(Database database, String owner) throws SQLException {
        return Destination.store(database, owner, ForeignKeys.ON);
    }

    @Override
    public Worker start(Infrastructure infrastructure, Destination destination, String owner) {
        return start(infrastructure, destination, owner, "t" + instances.incrementAndGet());
    }

    /** Joins the replicators of a target. */
    Worker start(
            Infrastructure infrastructure, Destination destination, String owner, String target) {
        Map<String, String> environment = new HashMap<>();
        environment.put("UNDERSTUDY_INSTANCE", target);
        environment.put(
                "UNDERSTUDY_CATALOG",
                "%s.contoso.crm.Account,%s.contoso.crm.Contact".formatted(owner, owner));
        environment.put("UNDERSTUDY_DATABASE_URL", destination.database().jdbcUrl());
        environment.put("UNDERSTUDY_DATABASE_USER", destination.database().user());
        environment.put("UNDERSTUDY_DATABASE_PASSWORD", destination.database().password());
        environment.put("UNDERSTUDY_KAFKA_BOOTSTRAP_SERVERS", infrastructure.bootstrapServers());
        environment.put("UNDERSTUDY_REGISTRY_URL", infrastructure.registryUrl());
        environment.put("UNDERSTUDY_REPLICATOR_THREADS", Integer.toString(threads));
        environment.put("MICRONAUT_SERVER_PORT", Integer.toString(freePort()));
        List<String> command = new ArrayList<>(JVM);
        command.addAll(List.of("-jar", jar().toString()));
        return Worker.start("understudy", command, environment);
    }

    private static Path jar() {
        return Path.of(System.getProperty("understudy.home", "."))
                .resolve("replicator/target/replicator.jar")
                .toAbsolutePath();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
