package dev.understudy.replicator.letters;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LetterIndexTest {
    private static final String TOPIC = "us.contoso.crm.Account";
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.006Z");

    private final LetterIndex index = new LetterIndex();

    @Test
    void openLettersArePagedInTheOrderOfTheirIds() {
        found(1, 7, 10, "refused");
        found(0, 3, 11, "refused");
        found(0, 4, 12, "headers");
        found(0, 3, 11, "refused");

        assertThat(index.size()).isEqualTo(3);
        assertThat(page(Selection.ALL, Optional.empty(), 2)).containsExactly("0@3", "0@4");
        assertThat(page(Selection.ALL, Optional.of(new LetterId(0, 3)), 9))
                .containsExactly("0@4", "1@7");
        assertThat(
                        page(
                                new Selection(Optional.of("refused"), Optional.empty()),
                                Optional.empty(),
                                9))
                .containsExactly("0@3", "1@7");
        assertThat(page(new Selection(Optional.empty(), Optional.of("other")), Optional.empty(), 9))
                .isEmpty();
    }

    @Test
    void aDecisionHoldsWhicheverComesFirst() {
        LetterId early = new LetterId(0, 3);
        LetterId late = new LetterId(0, 4);
        index.decided(early, about(Decision.Kind.DISCARDED, Optional.empty()));
        found(0, 3, 10, "refused");
        found(0, 4, 11, "refused");
        index.decided(late, about(Decision.Kind.REDRIVEN, Optional.of(TOPIC + "-2@11")));

        assertThat(index.size()).isZero();
        assertThat(index.isOpen(early)).isFalse();
        assertThat(index.decision(early).map(Decision::kind)).contains(Decision.Kind.DISCARDED);
        assertThat(index.decision(late).map(Decision::at)).contains(NOW);
    }

    /** The topic was made anew, and its decisions were not. */
    @Test
    void aDecisionAboutAnotherLetterThatWasAtThePlaceSaysNothing() {
        LetterId id = new LetterId(0, 3);
        index.decided(id, about(Decision.Kind.DISCARDED, Optional.of(TOPIC + "-2@999")));
        found(0, 3, 10, "refused");

        assertThat(index.isOpen(id)).isTrue();
        assertThat(index.decision(id)).isEmpty();
    }

    @Test
    void aRecordWithTwoLettersCountsOnceAndWhatWasGivenUpIsCountedApart() {
        found(0, 3, 10, "refused");
        found(1, 3, 10, "refused");
        found(1, 4, 11, "headers");
        found(1, 5, 12, "headers");
        index.decided(new LetterId(1, 5), about(Decision.Kind.DISCARDED, Optional.empty()));

        assertThat(index.reasons(TOPIC)).isEqualTo(Map.of("refused", 1L, "headers", 1L));
        assertThat(index.discarded(TOPIC)).isEqualTo(1);
        assertThat(index.reasons("other")).isEmpty();
    }

    @Test
    void whatIsNoLongerInTheTopicIsForgotten() {
        for (int offset = 0; offset < 40; offset++) {
            found(0, offset, offset, "refused");
        }
        found(1, 3, 99, "refused");
        index.decided(new LetterId(0, 36), about(Decision.Kind.DISCARDED, Optional.empty()));
        index.decided(new LetterId(0, 38), about(Decision.Kind.REDRIVEN, Optional.empty()));

        assertThat(index.expired(0, 37)).isEqualTo(Map.of(TOPIC, 36L));
        assertThat(index.expired(2, 5)).isEmpty();

        assertThat(index.size()).isEqualTo(3);
        assertThat(page(Selection.ALL, Optional.empty(), 9)).containsExactly("0@37", "0@39", "1@3");
        assertThat(index.isOpen(new LetterId(0, 38))).isFalse();
        assertThat(index.discarded(TOPIC)).isZero();

        assertThat(index.expired(0, 40)).isEqualTo(Map.of(TOPIC, 2L));
        found(0, 41, 41, "headers");

        assertThat(page(Selection.ALL, Optional.empty(), 9)).containsExactly("0@41", "1@3");
    }

    private void found(int partition, long offset, long origin, String reason) {
        index.found(new LetterId(partition, offset), new Letter.Origin(TOPIC, 2, origin), reason);
    }

    private List<String> page(Selection selection, Optional<LetterId> after, int limit) {
        return index.page(selection, after, limit).stream().map(LetterId::text).toList();
    }

    private static DecisionLog.About about(Decision.Kind kind, Optional<String> origin) {
        return new DecisionLog.About(new Decision(kind, "", NOW), origin);
    }
}
