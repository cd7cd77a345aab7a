package dev.understudy.instance.ready;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class PausesTest {
    private final AtomicLong nowNs = new AtomicLong(Long.MAX_VALUE);
    private final Pauses<Integer> pauses = new Pauses<>(nowNs::get);

    @Test
    void eachFailureDoublesThePauseUpToALimit() {
        Duration last = Duration.ZERO;
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 64, 64}) {
            last = pauses.failed(1);
            assertThat(last).isEqualTo(Duration.ofSeconds(seconds));
        }
        assertThat(pauses.isOver(1)).isFalse();
        assertThat(pauses.isOver(2)).isTrue();
        nowNs.addAndGet(last.toNanos());
        assertThat(pauses.isOver(1)).isTrue();
        assertThat(pauses.succeeded(1)).isTrue();
        assertThat(pauses.failed(1)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void ofTooManyTheOneThatFailedLongestAgoIsForgotten() {
        for (int i = 0; i < Pauses.REMEMBERED; i++) {
            pauses.failed(i);
        }
        pauses.failed(0);
        pauses.failed(Pauses.REMEMBERED);

        assertThat(pauses.isOver(1)).isTrue();
        assertThat(pauses.isOver(0)).isFalse();
        assertThat(pauses.isOver(2)).isFalse();
    }
}
