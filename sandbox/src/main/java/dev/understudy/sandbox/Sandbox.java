package dev.understudy.sandbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole system on loopback: Kafka, the registry, two PostgreSQL servers, and the services
 * {@code us} (source instance), {@code europe} (target instance) and the replicator. It runs from
 * {@link #open} to {@link #close}; each part can be stopped, killed, paused and started meanwhile.
 */
public final class Sandbox implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sandbox.class);

    /** What is started together, and in reverse stopped together. */
    private static final List<Set<SandboxPart>> STAGES =
            List.of(
                    SandboxPart.infrastructure(),
                    EnumSet.complementOf(EnumSet.copyOf(SandboxPart.infrastructure())));

    private final WorkDirectory directory;
    private final PartMaker maker;
    private final SandboxParts made;
    private final Map<SandboxPart, Part> parts;
    private final List<Service> further = new ArrayList<>();

    private Sandbox(SandboxOptions options) {
        maker = PartMaker.of(options.platform().mode());
        directory = WorkDirectory.of(options.directory(), "sandbox");
        try {
            made = new SandboxParts(options, directory.path(), maker);
            parts = made.make();
        } catch (RuntimeException e) {
            maker.close();
            directory.close();
            throw e;
        }
    }

    /**
     * Starts all parts and waits until each can be used. The caller closes the sandbox, else the
     * end of the JVM does.
     *
     * @throws SandboxException if a port is taken, before anything is started, or if a part fails;
     *     then all that was started is stopped again
     */
    public static Sandbox open(SandboxOptions options) {
        SandboxParts.requireFreePorts(options);
        Sandbox sandbox = new Sandbox(options);
        AtShutdown.add(sandbox);
        try {
            for (Set<SandboxPart> stage : STAGES) {
                Concurrently.run(sandbox.actions(stage, Sandbox::start));
            }
            return sandbox;
        } catch (RuntimeException e) {
            sandbox.close();
            throw e;
        }
    }

    private static void start(SandboxPart name, Part part) {
        part.start();
        switch (name) {
            case US_DATABASE -> ((PostgresServer) part).createDatabase("us");
            case EUROPE_DATABASE -> ((PostgresServer) part).createDatabase("europe");
            case US, EUROPE, REPLICATOR, REGISTRY, KAFKA -> {}
        }
    }

    /** Stops everything in reverse order and leaves no process behind; may be called again. */
    @Override
    public synchronized void close() {
        further.forEach(Part::close);
        for (Set<SandboxPart> stage : STAGES.reversed()) {
            try {
                Concurrently.run(actions(stage, (_, part) -> part.close()));
            } catch (RuntimeException e) {
                LOG.error("A part could not be stopped", e);
            }
        }
        maker.close();
        directory.close();
        AtShutdown.remove(this);
    }

    private List<Runnable> actions(Set<SandboxPart> stage, BiConsumer<SandboxPart, Part> action) {
        return parts.entrySet().stream()
                .filter(part -> stage.contains(part.getKey()))
                .<Runnable>map(part -> () -> action.accept(part.getKey(), part.getValue()))
                .toList();
    }

    /** Where data and logs are. */
    public Path directory() {
        return directory.path();
    }

    /** Any part, by its name. */
    public Part part(SandboxPart name) {
        Part part = parts.get(name);
        if (part == null) {
            throw new SandboxException(name.label() + " is not a part of this sandbox");
        }
        return part;
    }

    /**
     * One more process of a service, configured as the first, on a free port; not started. It is
     * closed with the sandbox.
     */
    public synchronized Service another(SandboxPart service) {
        Service another = made.another(service, service.label() + "-" + (further.size() + 2));
        further.add(another);
        return another;
    }

    /** The source instance. */
    public Service us() {
        return (Service) part(SandboxPart.US);
    }

    /** The target instance. */
    public Service europe() {
        return (Service) part(SandboxPart.EUROPE);
    }

    /** The replicator of the target instance. */
    public Service replicator() {
        return (Service) part(SandboxPart.REPLICATOR);
    }

    /** The broker. */
    public KafkaServer kafka() {
        return (KafkaServer) part(SandboxPart.KAFKA);
    }

    /** The Schema Registry. */
    public RegistryServer registry() {
        return (RegistryServer) part(SandboxPart.REGISTRY);
    }

    /** The source instance's database. */
    public Database usDatabase() {
        return ((PostgresServer) part(SandboxPart.US_DATABASE)).database("us");
    }

    /** The target instance's database. */
    public Database europeDatabase() {
        return ((PostgresServer) part(SandboxPart.EUROPE_DATABASE)).database("europe");
    }
}
