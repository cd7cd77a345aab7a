package dev.understudy.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.replicator.breaker.Breaker;
import dev.understudy.replicator.progress.CaughtUp;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offsets follow the database, whatever happens to the replicators or the database. How long that
 * is away is {@code -Doutage.minutes}; the build has no patience for ten.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class OffsetsIT {
    private static final Logger LOG = LoggerFactory.getLogger(OffsetsIT.class);

    /** Longer than a replicator may be behind and still be live. */
    private static final String SHORT = "0.25";

    private final Rig rig = new Rig();
    private final Load load = new Load(rig).start();
    private final OffsetChecker checker = new OffsetChecker(rig, load).start();

    OffsetsIT() throws Exception {}

    @AfterEach
    void close() throws InterruptedException {
        load.stop();
        checker.stop();
        rig.close();
    }

    @Test
    void noCommittedOffsetIsEverAheadOfTheDatabase() throws Exception {
        Assembly first = rig.replication();
        progress();
        Assembly second = rig.replication();
        progress();
        first.close();
        progress();
        Assembly third = rig.replication();
        progress();
        rig.postgres.kill();
        long killedNs = System.nanoTime();
        Rig.eventually("a pause", () -> second.breaker() instanceof Breaker.Open);
        Rig.eventually("another", () -> third.breaker() instanceof Breaker.Open);
        Map<TopicPartition, Long> committed = rig.committed();
        double rebalances = Calm.rebalances();

        // A clean shutdown, whose partitions go to the one that is left, and one that comes.
        third.close();
        Assembly fourth = rig.replication();
        Rig.eventually("a rebalance", () -> Calm.rebalances() > rebalances);
        Duration outage = Duration.ofMillis((long) (60_000 * minutes()));
        Rig.eventually(
                "the outage's length",
                outage.plusSeconds(60),
                () -> System.nanoTime() - killedNs > outage.toNanos());

        assertThat(rig.committed()).isEqualTo(committed);
        assertThat(second.breaker()).isInstanceOf(Breaker.Open.class);
        int sent = load.acknowledged.get();
        rig.postgres.start();
        Rig.eventually(
                "the end of the catching-up",
                Duration.ofMinutes(2),
                () ->
                        second.progress()
                                .report()
                                .last()
                                .flatMap(CaughtUp::afterHealing)
                                .isPresent());
        CaughtUp end = second.progress().report().last().orElseThrow();
        LOG.info("After {} s, {} events sent: {}", outage.toSeconds(), sent, end.words());
        progress();
        second.close();
        progress();
        load.stop();

        Rig.eventually("commits", rig::committedToTheEnd);
        assertThat(OffsetChecker.rows(rig)).containsAllEntriesOf(load.versions());
        Rig.eventually("all offsets judged", () -> checker.judged.get() >= sent);
        checker.stop();
        assertThat(checker.violations).isEmpty();
        assertThat(checker.checks).hasValueGreaterThan(20);
        fourth.close();
    }

    private static double minutes() {
        return Double.parseDouble(System.getProperty("outage.minutes", SHORT));
    }

    /** Waits until events that are published from now on have been committed. */
    private void progress() throws Exception {
        int start = load.acknowledged.get();
        Rig.eventually("load", () -> load.acknowledged.get() > start + 300);
        long ends = sum(rig.ends().values());
        Rig.eventually("progress", () -> sum(rig.committed().values()) >= ends);
    }

    private static long sum(Iterable<Long> offsets) {
        long sum = 0;
        for (long offset : offsets) {
            sum += offset;
        }
        return sum;
    }
}
