package dev.understudy.sandbox;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/**
 * A part that runs as a container. A start after a stop or a kill is one of the same container,
 * with what it has written; another environment makes a new one.
 */
final class PartContainer implements PartRunner {

    private static final Logger LOG = LoggerFactory.getLogger(PartContainer.class);

    /** Makes the container, not started, with changes of its environment. */
    @FunctionalInterface
    interface Blueprint {
        GenericContainer<?> container(Map<String, String> changes);
    }

    private final String name;
    private final WorkDirectory directory;
    private final Readiness readiness;
    private final Blueprint blueprint;
    private final DockerClient engine = DockerClientFactory.lazyClient();
    private Map<String, String> changes = Map.of();
    private @Nullable GenericContainer<?> container;
    private boolean closed;

    PartContainer(String name, WorkDirectory directory, Readiness readiness, Blueprint blueprint) {
        this.name = name;
        this.directory = directory;
        this.readiness = readiness;
        this.blueprint = blueprint;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Path log() {
        return directory.path().resolve(name.replace(' ', '-') + ".log");
    }

    @Override
    public synchronized boolean isRunning() {
        return container != null && Boolean.TRUE.equals(state(container).getRunning());
    }

    @Override
    public void start() {
        long startedNs = System.nanoTime();
        GenericContainer<?> started;
        synchronized (this) {
            if (isRunning()) {
                return;
            }
            if (closed) {
                throw new SandboxException(name + " is closed and cannot be started again");
            }
            AtShutdown.requireRunning();
            started = launch();
        }
        // Not under the lock: a shutdown must be able to stop what does not get ready.
        try {
            StartWatch.await(readiness, time -> exitCode(started, time), this::failure);
        } catch (SandboxException e) {
            kill();
            throw e;
        }
        LOG.info(
                "{} is up after {} ms as container {} of {}",
                name,
                (System.nanoTime() - startedNs) / 1_000_000,
                started.getContainerId().substring(0, 12),
                started.getDockerImageName());
    }

    private GenericContainer<?> launch() {
        long since = System.currentTimeMillis() / 1000;
        GenericContainer<?> launched = container;
        try {
            if (launched == null) {
                launched = blueprint.container(changes);
                container = launched;
                startFirst(launched);
            } else {
                engine.startContainerCmd(launched.getContainerId()).exec();
            }
        } catch (RuntimeException e) {
            throw new SandboxException(name + ": its container cannot be started: " + e, e);
        }
        ContainerLog.follow(engine, launched.getContainerId(), since, log());
        return launched;
    }

    /** A container that was made, but could not be started, is not kept. */
    private void startFirst(GenericContainer<?> made) {
        try {
            made.start();
        } catch (RuntimeException e) {
            remove();
            throw e;
        }
    }

    private OptionalInt exitCode(GenericContainer<?> started, Duration within)
            throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(within.toNanos());
        ContainerState state = state(started);
        Long exitCode = state.getExitCodeLong();
        return Boolean.TRUE.equals(state.getRunning())
                ? OptionalInt.empty()
                : OptionalInt.of(exitCode == null ? -1 : exitCode.intValue());
    }

    private SandboxException failure(String what) {
        return new SandboxException(
                name + " " + what + "; " + LogTail.of(LogTail.kept(name, log())));
    }

    @Override
    public synchronized void stop() {
        int seconds = (int) PartPlan.STOP_BOUND.toSeconds();
        end(id -> engine.stopContainerCmd(id).withTimeout(seconds).exec());
    }

    @Override
    public synchronized void kill() {
        end(id -> engine.killContainerCmd(id).exec());
    }

    /** Returns when the container is no longer running; nothing happens if it was not. */
    private void end(Consumer<String> how) {
        if (container == null) {
            return;
        }
        String id = container.getContainerId();
        try {
            if (!isRunning()) {
                return;
            }
            resume();
            how.accept(id);
            boolean ended =
                    engine.waitContainerCmd(id)
                            .exec(new WaitContainerResultCallback())
                            .awaitCompletion(PartPlan.STOP_BOUND.toSeconds(), TimeUnit.SECONDS);
            if (!ended) {
                LOG.warn("{}: container {} does not end", name, id);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (NotFoundException | NotModifiedException _) {
            // It ended, or was removed at the end of the JVM, meanwhile.
        }
    }

    @Override
    public synchronized void pause() {
        engine.pauseContainerCmd(required().getContainerId()).exec();
    }

    @Override
    public synchronized void resume() {
        GenericContainer<?> paused = required();
        if (Boolean.TRUE.equals(state(paused).getPaused())) {
            engine.unpauseContainerCmd(paused.getContainerId()).exec();
        }
    }

    private GenericContainer<?> required() {
        if (container == null || !isRunning()) {
            throw new SandboxException(name + " is not running");
        }
        return container;
    }

    @Override
    public synchronized void reconfigure(Map<String, String> changes) {
        remove();
        this.changes = Map.copyOf(changes);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            stop();
            remove();
        }
        directory.close();
    }

    private void remove() {
        if (container != null) {
            container.stop();
            container = null;
        }
    }

    private ContainerState state(GenericContainer<?> one) {
        return engine.inspectContainerCmd(one.getContainerId()).exec().getState();
    }
}
