package dev.understudy.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LagTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final TopicPartition ONE = new TopicPartition("one", 0);
    private static final TopicPartition OTHER = new TopicPartition("other", 0);

    private final Lag lag = new Lag(START);

    @Test
    void isAsOfTheObservationThatTheCommitsHaveReached() {
        lag.observed(START.plusSeconds(1), Map.of(ONE, 10L), Map.of(ONE, 3L));
        lag.observed(START.plusSeconds(2), Map.of(ONE, 20L), Map.of(ONE, 10L));

        assertThat(lag.asOf()).isEqualTo(START.plusSeconds(1));
    }

    @Test
    void growsWhileNothingMoves() {
        lag.observed(START.plusSeconds(1), Map.of(ONE, 10L), Map.of(ONE, 3L));
        lag.observed(START.plusSeconds(9), Map.of(ONE, 10L), Map.of(ONE, 3L));

        assertThat(lag.seconds(START.plusSeconds(9))).isEqualTo(9.0);
    }

    @Test
    void theSlowestPartitionCounts() {
        lag.observed(
                START.plusSeconds(1), Map.of(ONE, 10L, OTHER, 5L), Map.of(ONE, 10L, OTHER, 4L));

        assertThat(lag.asOf()).isEqualTo(START);
    }

    @Test
    void anEmptyPartitionHasNoLag() {
        lag.observed(START.plusSeconds(1), Map.of(ONE, 0L), Map.of());

        assertThat(lag.asOf()).isEqualTo(START.plusSeconds(1));
    }
}
