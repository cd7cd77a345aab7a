package dev.understudy.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.store.postgres.Mode.Referring;
import org.junit.jupiter.api.Test;

class ForesightTest {
    private static final int MOST = 4;

    private final Foresight foresight = new Foresight(MOST, 1);

    @Test
    void looksOnlyOnceWhileNothingIsMissing() {
        assertThat(looksUntilTheNextGuess()).isEqualTo(1);
        assertThat(looksUntilTheNextGuess()).isZero();
    }

    @Test
    void looksAsLongAsSomethingIsMissing() {
        for (int batch = 0; batch < 5; batch++) {
            assertThat(foresight.mode().referring()).isEqualTo(Referring.LOOKING);
            foresight.missing();
        }
        assertThat(looksUntilTheNextGuess()).isEqualTo(1);
    }

    @Test
    void looksThroughMoreBatchesTheMoreGuessesFailInARow() {
        looksUntilTheNextGuess();
        foresight.missing();
        assertThat(looksUntilTheNextGuess()).isEqualTo(2);
        foresight.missing();
        assertThat(looksUntilTheNextGuess()).isEqualTo(4);
        foresight.missing();
        assertThat(looksUntilTheNextGuess()).isEqualTo(MOST);
    }

    @Test
    void aWrongGuessAfterManyRightOnesIsFollowedByOneLook() {
        looksUntilTheNextGuess();
        foresight.missing();
        looksUntilTheNextGuess();
        for (int right = 0; right < 20; right++) {
            assertThat(foresight.mode().referring()).isEqualTo(Referring.OPTIMISTIC);
        }
        foresight.missing();
        assertThat(looksUntilTheNextGuess()).isEqualTo(1);
    }

    @Test
    void aWrongGuessOfTwoAtOnceIsOne() {
        looksUntilTheNextGuess();
        foresight.mode();
        foresight.missing();
        foresight.missing();
        assertThat(looksUntilTheNextGuess()).isEqualTo(2);
    }

    @Test
    void neverLooksIfNoBatchMayBeLookedThrough() {
        Foresight never = new Foresight(0, 1);
        assertThat(never.mode().referring()).isEqualTo(Referring.OPTIMISTIC);
        never.missing();
        assertThat(never.mode().referring()).isEqualTo(Referring.OPTIMISTIC);
    }

    /** Batches that miss nothing, until one is stored without looking. */
    private int looksUntilTheNextGuess() {
        int looks = 0;
        while (foresight.mode().referring() == Referring.LOOKING) {
            foresight.nothingMissing();
            looks++;
        }
        return looks;
    }
}
