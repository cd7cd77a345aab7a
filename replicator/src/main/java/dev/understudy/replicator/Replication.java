package dev.understudy.replicator;

import dev.understudy.replicator.breaker.Breaker;
import dev.understudy.replicator.breaker.Valve;
import dev.understudy.replicator.stream.ApplyTopology;
import dev.understudy.service.FailedStart;
import dev.understudy.service.StartException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the stream running from {@link #start} to {@link #close}: prepares it, starts it, and does
 * both again if it ends. Thread-safe.
 */
final class Replication implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Replication.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(8);

    private final ReplicationSettings settings;
    private final Preparation preparation;
    private final Supplier<ApplyTopology> topologies;
    private final Breaker breaker;
    private final FailedStart failedStart;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread runner =
            Thread.ofPlatform().daemon().name("replication").unstarted(this::run);
    private @Nullable KafkaStreams streams;
    private volatile Phase phase = new Phase.Waiting("the start", "not started");

    Replication(
            ReplicationSettings settings,
            Preparation preparation,
            Supplier<ApplyTopology> topologies,
            Breaker breaker,
            FailedStart failedStart) {
        this.settings = settings;
        this.preparation = preparation;
        this.topologies = topologies;
        this.breaker = breaker;
        this.failedStart = failedStart;
    }

    void start() {
        runner.start();
    }

    Phase phase() {
        return phase;
    }

    private void run() {
        try {
            boolean started = false;
            while (stopped.getCount() > 0) {
                try {
                    preparation.complete(next -> phase = next, stopped);
                    started = true;
                    runStream();
                } catch (StartException e) {
                    if (!started) {
                        failedStart.end(e);
                        return;
                    }
                    LOG.error("The stream cannot be started; trying again", e);
                    phase = new Phase.Waiting("the stream", String.valueOf(e.getMessage()));
                    var _ = stopped.await(1, TimeUnit.SECONDS);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when the stream has ended, for whatever reason. */
    private void runStream() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        try {
            open(ended);
            ended.await();
        } catch (RuntimeException e) {
            LOG.error("The stream cannot be started; trying again", e);
            phase = new Phase.Waiting("the stream", String.valueOf(e.getMessage()));
        } finally {
            closeStreams();
        }
        var _ = stopped.await(1, TimeUnit.SECONDS);
    }

    private synchronized void open(CountDownLatch ended) {
        if (stopped.getCount() == 0) {
            ended.countDown();
            return;
        }
        ApplyTopology apply = topologies.get();
        Properties properties = ClientSettings.streams(settings, stateDirectory().toString());
        KafkaStreams opened = new KafkaStreams(apply.topology(), properties, apply.clients());
        opened.setUncaughtExceptionHandler(new StreamFailures());
        opened.setStateListener((now, _) -> {
            phase = new Phase.Streaming(now);
            if (now.hasCompletedShutdown()) {
                ended.countDown();
            }
        });
        breaker.control(
                new Valve() {
                    @Override
                    public void pause() {
                        opened.pause();
                    }

                    @Override
                    public void resume() {
                        opened.resume();
                    }
                });
        streams = opened;
        opened.start();
        LOG.info("Replicating {} to {}", settings.replicatedTopics(), settings.target());
    }

    /** Commits what is durable and leaves the group, so that others take over at once. */
    private synchronized void closeStreams() {
        if (streams != null) {
            boolean clean =
                    streams.close(
                            CloseOptions.timeout(STOP_TIMEOUT)
                                    .withGroupMembershipOperation(
                                            CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
            if (!clean) {
                LOG.warn("The stream did not stop within {}", STOP_TIMEOUT);
            }
            streams = null;
        }
    }

    /**
     * Streams wants a directory of its own, which it does not make as long as it stores nothing.
     */
    private static Path stateDirectory() {
        return Path.of(
                System.getProperty("java.io.tmpdir"), "understudy-replicator-" + UUID.randomUUID());
    }

    @Override
    public void close() {
        stopped.countDown();
        closeStreams();
        runner.interrupt();
        phase = new Phase.Stopped();
    }
}
