package dev.understudy.instance.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.instance.publishing.EpochDecision.Epoch;
import dev.understudy.instance.publishing.EpochDecision.Server;
import dev.understudy.instance.publishing.EpochDecision.SlotState;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EpochDecisionTest {
    private static final Server SERVER = new Server("7000", 1);
    private static final Optional<Epoch> KNOWN = Optional.of(new Epoch(4, SERVER, false));

    @Test
    void usableSlotIsKept() {
        assertThat(EpochDecision.decide(KNOWN, SlotState.USABLE, SERVER))
                .isEqualTo(new EpochDecision.Keep());
    }

    @Test
    void withoutAnEpochItIsTheFirst() {
        assertThat(EpochDecision.decide(Optional.empty(), SlotState.ABSENT, SERVER))
                .isEqualTo(new EpochDecision.First(SlotState.ABSENT));
    }

    @Test
    void missingOrLostSlotRaisesTheEpoch() {
        assertThat(EpochDecision.decide(KNOWN, SlotState.ABSENT, SERVER))
                .isInstanceOf(EpochDecision.Raise.class);
        assertThat(EpochDecision.decide(KNOWN, SlotState.LOST, SERVER))
                .isInstanceOf(EpochDecision.Raise.class);
    }

    @Test
    void otherServerOrHistoryRaisesTheEpoch() {
        assertThat(EpochDecision.decide(KNOWN, SlotState.USABLE, new Server("7001", 1)))
                .isInstanceOf(EpochDecision.Raise.class);
        assertThat(EpochDecision.decide(KNOWN, SlotState.USABLE, new Server("7000", 2)))
                .isInstanceOf(EpochDecision.Raise.class);
    }

    @Test
    void onlyAnotherHistoryMayHaveLostVersions() {
        assertThat(EpochDecision.decide(KNOWN, SlotState.ABSENT, new Server("7000", 2)))
                .matches(raise -> raise instanceof EpochDecision.Raise(_, _, boolean h) && h);
        assertThat(EpochDecision.decide(KNOWN, SlotState.ABSENT, SERVER))
                .matches(raise -> raise instanceof EpochDecision.Raise(_, _, boolean h) && !h);
    }

    @Test
    void slotNamesAreWithinPostgresLimits() {
        assertThat(SlotSql.of("us-east").slot()).isEqualTo("understudy_us_east");
        assertThat(SlotSql.of("u".repeat(63)).slot()).hasSize(63).matches("[a-z0-9_]+");
        assertThat(SlotSql.of("u".repeat(63))).isNotEqualTo(SlotSql.of("u".repeat(62)));
    }
}
