package dev.understudy.replicator.completeness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class AsOfTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final TopicPartition ONE = new TopicPartition("one", 0);
    private static final TopicPartition OTHER = new TopicPartition("one", 1);

    private final AsOf asOf = new AsOf();

    @Test
    void nothingIsKnownAtFirst() {
        asOf.expect(START, Map.of(ONE, 1L));
        asOf.reached(Map.of());

        assertThat(asOf.time()).isEmpty();
    }

    @Test
    void everyPartitionMustBeThere() {
        asOf.expect(START, Map.of(ONE, 1L, OTHER, 2L));
        asOf.reached(Map.of(ONE, 1L, OTHER, 1L));
        assertThat(asOf.time()).isEmpty();

        asOf.reached(Map.of(ONE, 1L, OTHER, 2L));
        assertThat(asOf.time()).contains(START);
    }

    @Test
    void aPartitionInWhichNothingWasWrittenNeedsNothing() {
        asOf.expect(START, Map.of(ONE, 0L));
        asOf.reached(Map.of());

        assertThat(asOf.time()).contains(START);
    }

    @Test
    void aClockThatWasSetBackDoesNotMoveItBack() {
        asOf.expect(START, Map.of(ONE, 1L));
        asOf.expect(START.minusSeconds(60), Map.of(ONE, 2L));
        asOf.reached(Map.of(ONE, 2L));

        assertThat(asOf.time()).contains(START);
    }

    @Test
    void aTopicThatWasMadeAnewIsNotWaitedForInItsOldLength() {
        asOf.expect(START, Map.of(ONE, 1000L));
        asOf.expect(START.plusSeconds(1), Map.of(ONE, 3L));
        asOf.reached(Map.of(ONE, 3L));

        assertThat(asOf.time()).contains(START.plusSeconds(1));
    }

    @Test
    void ofAVeryLongBacklogFewerTimesAreKnownAndNoneIsWrong() {
        for (int second = 1; second <= 100_000; second++) {
            asOf.expect(START.plusSeconds(second), Map.of(ONE, (long) second));
        }
        asOf.reached(Map.of(ONE, 50_000L));

        assertThat(asOf.time().orElseThrow())
                .isBetween(START.plusSeconds(49_900), START.plusSeconds(50_000));
        asOf.reached(Map.of(ONE, 100_000L));
        assertThat(asOf.time()).contains(START.plusSeconds(100_000));
    }
}
