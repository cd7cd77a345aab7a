package dev.understudy.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a part's class archive, by a run of the part that is as its others are. */
final class ArchiveMaker {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveMaker.class);

    /** The archive is written when the run ends, by one more JVM. */
    private static final Duration END_BOUND = Duration.ofMinutes(2);

    /** One attempt is enough: without an archive a part starts as well. */
    private static final Set<Path> TRIED = ConcurrentHashMap.newKeySet();

    private ArchiveMaker() {}

    /** Makes the archive if it is wanted, not there and not tried before; returns when it is. */
    static void makeIfMissing(PartPlan plan) {
        if (ClassArchive.wanted()) {
            ClassArchive.of(plan.command())
                    .filter(archive -> !archive.isFresh() && TRIED.add(archive.file()))
                    .ifPresent(archive -> tryToMake(plan, archive));
        }
    }

    private static void tryToMake(PartPlan plan, ClassArchive archive) {
        try {
            make(plan, archive);
        } catch (IOException | SandboxException e) {
            LOG.warn("{} starts without a class archive", plan.name(), e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void make(PartPlan plan, ClassArchive archive)
            throws IOException, InterruptedException {
        long startedNs = System.nanoTime();
        Path part = Path.of(archive.file() + "." + ProcessHandle.current().pid());
        plan.life().prepare().run();
        Process process = ChildProcesses.start(plan.processBuilder(ClassArchive.flagsToMake(part)));
        try {
            StartWatch.await(
                    plan.life().readiness(),
                    time ->
                            process.waitFor(time)
                                    ? OptionalInt.of(process.exitValue())
                                    : OptionalInt.empty(),
                    what -> new SandboxException(plan.name() + " " + what));
            plan.life().stopSignal().send(process.pid());
            if (!process.waitFor(END_BOUND)) {
                throw new SandboxException(plan.name() + " writes no archive in " + END_BOUND);
            }
            Files.move(part, archive.file(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(part);
        }
        LOG.info(
                "{} has a class archive after {} ms",
                plan.name(),
                (System.nanoTime() - startedNs) / 1_000_000);
    }
}
