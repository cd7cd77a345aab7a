package dev.understudy.instance.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CommitPaceTest {
    private static final long MS = 1_000_000;

    private final CommitPace pace = new CommitPace();

    @Test
    void theFirstCommitIsAllowedAtOnce() {
        assertThat(pace.allows(Long.MIN_VALUE)).isTrue();
        assertThat(pace.allows(Long.MAX_VALUE)).isTrue();
    }

    @Test
    void anotherOneWaitsTwiceAsLongAsTheLastOneTook() {
        pace.committed(10 * MS, 13 * MS);

        assertThat(pace.allows(13 * MS)).isFalse();
        assertThat(pace.leftNs(15 * MS)).isEqualTo(4 * MS);
        assertThat(pace.allows(19 * MS - 1)).isFalse();
        assertThat(pace.allows(19 * MS)).isTrue();
        assertThat(pace.leftNs(20 * MS)).isZero();
    }

    @Test
    void noneWaitsLongBecauseTheLastOneWasSlow() {
        pace.committed(0, 5000 * MS);

        assertThat(pace.allows(5020 * MS - 1)).isFalse();
        assertThat(pace.allows(5020 * MS)).isTrue();
    }

    @Test
    void afterASilenceItIsAllowedAtOnce() {
        pace.committed(0, 5 * MS);

        assertThat(pace.allows(1000 * MS)).isTrue();
    }
}
