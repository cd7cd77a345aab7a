package dev.understudy.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.replicator.breaker.Breaker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Offsets follow the database, whatever happens to the replicator or the database. */
@Timeout(240)
class OffsetsIT {
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
        rig.postgres.kill();
        Rig.eventually("the breaker", () -> second.breaker() instanceof Breaker.Open);
        Assembly fourth = rig.replication();
        rig.postgres.start();
        progress();
        second.close();
        progress();
        third.close();
        load.stop();

        Rig.eventually("commits", rig::committedToTheEnd);
        assertThat(OffsetChecker.rows(rig)).containsAllEntriesOf(load.versions());
        checker.stop();
        assertThat(checker.violations).isEmpty();
        assertThat(checker.checks).hasValueGreaterThan(20);
        fourth.close();
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
