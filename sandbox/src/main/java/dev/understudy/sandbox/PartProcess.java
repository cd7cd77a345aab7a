package dev.understudy.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operating system's process behind a {@link Part}, and its life cycle. */
public final class PartProcess {

    private static final Logger LOG = LoggerFactory.getLogger(PartProcess.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private PartPlan plan;
    private @Nullable Process process;
    private boolean closed;

    PartProcess(PartPlan plan) {
        this.plan = plan;
    }

    String name() {
        return plan.name();
    }

    Path log() {
        return plan.log();
    }

    synchronized boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** The number of the running process. */
    public synchronized long pid() {
        if (process == null || !process.isAlive()) {
            throw new SandboxException(name() + " is not running");
        }
        return process.pid();
    }

    /** What the next start uses. */
    synchronized void replan(PartPlan next) {
        plan = next;
    }

    void start() {
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
            awaitReady(started);
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
        try {
            return ChildProcesses.start(plan.processBuilder());
        } catch (IOException e) {
            throw new SandboxException(name() + ": cannot be started: " + e.getMessage(), e);
        }
    }

    private void awaitReady(Process started) {
        long deadlineNs = System.nanoTime() + PartPlan.START_BOUND.toNanos();
        try {
            while (!plan.readiness().ready()) {
                if (started.waitFor(POLL)) {
                    throw failure("ended with exit code " + started.exitValue() + " at its start");
                }
                if (System.nanoTime() > deadlineNs) {
                    throw failure("is not ready after " + PartPlan.START_BOUND.toSeconds() + " s");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException(name() + ": interrupted while starting", e);
        }
    }

    private synchronized SandboxException failure(String what) {
        if (closed) {
            return new SandboxException(name() + " was closed while it was starting");
        }
        return new SandboxException(name() + " " + what + "; " + LogTail.of(keptLog()));
    }

    /** A copy, because the log itself goes with its directory when the failed part is closed. */
    private Path keptLog() {
        try {
            Path copy = Files.createTempFile("understudy-" + name() + "-", ".log");
            return Files.copy(log(), copy, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException _) {
            return log();
        }
    }

    synchronized void stop() {
        if (process == null || !process.isAlive()) {
            return;
        }
        Signal.CONTINUE.send(process.pid());
        plan.stopSignal().send(process.pid());
        try {
            if (!process.waitFor(PartPlan.STOP_BOUND)) {
                LOG.warn("{} does not stop, it is killed", name());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        kill(process);
    }

    synchronized void kill() {
        if (process != null) {
            kill(process);
        }
    }

    synchronized void pause() {
        Signal.STOP.send(pid());
    }

    synchronized void resume() {
        Signal.CONTINUE.send(pid());
    }

    void close() {
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
