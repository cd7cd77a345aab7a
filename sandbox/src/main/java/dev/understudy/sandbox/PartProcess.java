package dev.understudy.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A part that runs as a process of the operating system. */
final class PartProcess implements PartRunner {

    private static final Logger LOG = LoggerFactory.getLogger(PartProcess.class);

    private final PartPlan first;
    private PartPlan plan;
    private @Nullable Process process;
    private boolean closed;

    PartProcess(PartPlan plan) {
        this.first = plan;
        this.plan = plan;
    }

    @Override
    public String name() {
        return plan.name();
    }

    @Override
    public Path log() {
        return plan.log();
    }

    @Override
    public synchronized boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** The number of the running process. */
    synchronized long pid() {
        return running().pid();
    }

    private synchronized Process running() {
        if (process == null || !process.isAlive()) {
            throw new SandboxException(name() + " is not running");
        }
        return process;
    }

    @Override
    public synchronized void reconfigure(Map<String, String> changes) {
        plan = first.withEnvironment(changes);
    }

    @Override
    public void start() {
        if (!isRunning()) {
            ArchiveMaker.makeIfMissing(first);
        }
        long startedNs = System.nanoTime();
        Process started;
        synchronized (this) {
            if (isRunning()) {
                return;
            }
            if (closed) {
                throw new SandboxException(name() + " is closed and cannot be started again");
            }
            started = launch();
            process = started;
        }
        // Not under the lock: a shutdown must be able to stop what does not get ready.
        try {
            StartWatch.await(
                    plan.life().readiness(), time -> exitCode(started, time), this::failure);
        } catch (SandboxException e) {
            kill(started);
            throw e;
        }
        LOG.info(
                "{} is up after {} ms as process {}",
                name(),
                (System.nanoTime() - startedNs) / 1_000_000,
                started.pid());
    }

    private Process launch() {
        plan.life().prepare().run();
        try {
            return ChildProcesses.start(plan.processBuilder());
        } catch (IOException e) {
            throw new SandboxException(name() + ": cannot be started: " + e.getMessage(), e);
        }
    }

    private static OptionalInt exitCode(Process started, Duration within)
            throws InterruptedException {
        return started.waitFor(within) ? OptionalInt.of(started.exitValue()) : OptionalInt.empty();
    }

    private synchronized SandboxException failure(String what) {
        if (closed) {
            return new SandboxException(name() + " was closed while it was starting");
        }
        return new SandboxException(
                name() + " " + what + "; " + LogTail.of(LogTail.kept(name(), log())));
    }

    @Override
    public synchronized void stop() {
        if (process == null || !process.isAlive()) {
            return;
        }
        // What is paused could not obey.
        Signal.CONTINUE.send(all(process));
        plan.life().stopSignal().send(process.pid());
        try {
            if (!process.waitFor(PartPlan.STOP_BOUND)) {
                LOG.warn("{} does not stop, it is killed", name());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        kill(process);
    }

    @Override
    public synchronized void kill() {
        if (process != null) {
            kill(process);
        }
    }

    @Override
    public synchronized void pause() {
        Signal.STOP.send(all(running()));
    }

    @Override
    public synchronized void resume() {
        Signal.CONTINUE.send(all(running()));
    }

    /** A process and its own: PostgreSQL has one for each connection. */
    private static List<Long> all(Process one) {
        return Stream.concat(Stream.of(one.toHandle()), one.descendants())
                .map(ProcessHandle::pid)
                .toList();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            stop();
        }
        plan.directory().close();
    }

    /** Returns when the process and the children it had are gone, and their ports are free. */
    private void kill(Process victim) {
        List<ProcessHandle> children = victim.descendants().toList();
        victim.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        CompletableFuture<?>[] ends =
                children.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends)
                    .thenCombine(victim.onExit(), (_, ended) -> ended)
                    .get(PartPlan.STOP_BOUND.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("{}: process {} does not end", name(), victim.pid(), e);
        }
    }
}
