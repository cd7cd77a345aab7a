package dev.understudy.chaos.load;

import dev.understudy.chaos.check.Steps;
import dev.understudy.chaos.time.Polling;
import dev.understudy.lob.contoso.Contoso;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Writes, deletes and re-creates accounts and contacts, which refer to each other, at the source as
 * fast as it answers, over HTTP, swaps the numbers of accounts, and knows what must be there
 * afterwards. Each entity is written by one thread.
 */
public final class SourceLoad implements AutoCloseable {
    private static final int THREADS = 4;

    /** Leaves the machine to those that are tested. */
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final TrackedWrites source;
    private final List<SourceWriter> writers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    private SourceLoad(URI sourceUrl) {
        this.source = new TrackedWrites(sourceUrl);
    }

    /** Starts writing. The seed decides what is written, not how it interleaves. */
    public static SourceLoad start(URI sourceUrl, long seed) {
        return start(sourceUrl, seed, THREADS, PAUSE);
    }

    /** The same with so many writers, each of which pauses between two writes. */
    public static SourceLoad start(URI sourceUrl, long seed, int threads, Duration pause) {
        SourceLoad load = new SourceLoad(sourceUrl);
        for (int i = 0; i < threads; i++) {
            SourceWriter writer = new SourceWriter(load.source, seed * THREADS + i);
            load.writers.add(writer);
            load.threads.add(
                    Thread.ofPlatform()
                            .daemon()
                            .name("source-load-" + i)
                            .start(() -> load.write(writer, pause)));
        }
        return load;
    }

    private void write(SourceWriter writer, Duration pause) {
        while (!stopped) {
            Polling.pause(pause);
            writer.writeNext();
        }
    }

    /** Ends the writing and waits for the last answers. */
    public void stop() {
        stopped = true;
        threads.forEach(Polling::ends);
    }

    /** Whether no writer has ended. */
    public boolean isWriting() {
        return threads.stream().allMatch(Thread::isAlive);
    }

    /** What became of the writes. */
    public TrackedWrites writes() {
        return source;
    }

    /** Pairs of accounts whose numbers were swapped, all of whose writes were accepted. */
    public long swaps() {
        return writers.stream().mapToLong(SourceWriter::swaps).sum();
    }

    /** An account that is written from time to time: there, not yet there or deleted. */
    public UUID anyAccount(RandomGenerator random) {
        return writers.get(random.nextInt(writers.size())).anyAccount(random);
    }

    /** An account that was accepted lately, if there is one. */
    public Optional<UUID> latestAccount() {
        return writers.stream()
                .map(SourceWriter::latestAccount)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /**
     * What the source does not have as it must; empty if no accepted write was lost. Only after
     * {@link #stop}.
     */
    public List<String> lost() {
        List<String> lost = new ArrayList<>();
        for (SourceWriter writer : writers) {
            source.check(Contoso.ACCOUNTS, writer.accountLedger(), Contents::of, lost);
            source.check(Contoso.CONTACTS, writer.contactLedger(), Contents::of, lost);
        }
        return lost;
    }

    /** Entities that {@link #lost} judges. */
    public long judged() {
        return writers.stream()
                .mapToLong(writer ->
                        writer.accountLedger().keys().size() + writer.contactLedger().keys().size())
                .sum();
    }

    /** How many versions each account must have, and may. */
    Map<UUID, Steps> accountSteps() {
        Map<UUID, Steps> steps = new HashMap<>();
        writers.forEach(writer -> steps.putAll(writer.accountLedger().steps()));
        return steps;
    }

    /** How many versions each contact must have, and may. */
    Map<UUID, Steps> contactSteps() {
        Map<UUID, Steps> steps = new HashMap<>();
        writers.forEach(writer -> steps.putAll(writer.contactLedger().steps()));
        return steps;
    }

    @Override
    public void close() {
        stop();
        source.close();
    }

    @Override
    public String toString() {
        return "%s, %d swaps".formatted(source, swaps());
    }
}
