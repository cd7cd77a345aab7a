package dev.understudy.lob.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ResilienceTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void theDefaultsAreAsDocumented() {
        assertThat(Resilience.DEFAULT)
                .isEqualTo(
                        new Resilience(
                                5,
                                new Backoff(Duration.ofMillis(500), 2, 0.5, Duration.ofSeconds(10)),
                                new Backoff(Duration.ofMillis(50), 2, 0.5, SECOND)));
    }

    @Test
    void valuesOutOfRangeAreRefusedByName() {
        Backoff fine = Resilience.DEFAULT.probes();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Resilience(-1, fine, fine))
                .withMessageContaining("failures");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Resilience(1001, fine, fine))
                .withMessageContaining("1001");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(Duration.ZERO, 2, 0.5, SECOND))
                .withMessageContaining("first wait");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(SECOND.plusMillis(1), 2, 0.5, SECOND))
                .withMessageContaining("first wait");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(SECOND, 0.9, 0.5, SECOND))
                .withMessageContaining("growth");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(SECOND, 2, Double.NaN, SECOND))
                .withMessageContaining("jitter");
    }

    @Test
    void aShortLongestWaitBoundsTheFirst() {
        Resilience quick = Resilience.DEFAULT.opening(1, Duration.ofMillis(100));

        assertThat(quick.probes().first()).isEqualTo(Duration.ofMillis(100));
        for (int attempt = 1; attempt < 20; attempt++) {
            assertThat(quick.probes().waits().apply(attempt)).isBetween(1L, 100L);
        }
    }

    @Test
    void waitsOfTwoCircuitsDiffer() {
        assertThat(
                        Stream.generate(() -> Resilience.DEFAULT.probes().waits())
                                .limit(50)
                                .map(waits -> waits.apply(4))
                                .distinct())
                .hasSizeGreaterThan(10);
    }
}
