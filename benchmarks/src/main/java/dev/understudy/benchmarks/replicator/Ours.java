package dev.understudy.benchmarks.replicator;

import dev.understudy.benchmarks.replicator.Destination.ForeignKeys;
import dev.understudy.sandbox.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * The replicator as it is shipped, with foreign keys on.
 *
 * @param processes how many share the work
 * @param threads stream threads of each
 * @param targets how many targets' replicators have been started, each of a name of its own so that
 *     it begins at the beginning
 */
record Ours(int processes, int threads, AtomicInteger targets) implements Contender {
    /** What the image gives it in a container of 512 MB. */
    private static final String HEAP = "-Xmx256m";

    Ours(int processes, int threads) {
        this(processes, threads, new AtomicInteger());
    }

    @Override
    public String name() {
        return "Understudy, %d×%d threads, foreign keys on".formatted(processes, threads);
    }

    @Override
    public Destination destination(Database database, String owner) throws SQLException {
        return Destination.store(database, owner, ForeignKeys.ON);
    }

    @Override
    public Workers start(Infrastructure infrastructure, Destination destination, String owner) {
        String target = "t%dx%d-%d".formatted(processes, threads, targets.incrementAndGet());
        return new Workers(
                IntStream.range(0, processes)
                        .mapToObj(_ -> start(infrastructure, destination, owner, target))
                        .toList());
    }

    /** Joins the replicators of a target. */
    private Worker start(
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
        List<String> command =
                List.of(
                        "@" + file("deploy/jvm.options"),
                        HEAP,
                        "-jar",
                        file("replicator/target/replicator.jar").toString());
        return Worker.start("understudy", command, environment);
    }

    private static Path file(String name) {
        return Path.of(System.getProperty("understudy.home", ".")).resolve(name).toAbsolutePath();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
