package dev.understudy.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.chaos.fault.Schedule.Planned;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    /** A fault that only has a name. */
    private record Named(FaultKind kind, String target) implements Fault {
        @Override
        public void begin() {}

        @Override
        public void end() {}
    }

    private static final List<Fault> FAULTS =
            List.of(
                    new Named(FaultKind.KILL, "us"),
                    new Named(FaultKind.KILL, "kafka"),
                    new Named(FaultKind.KILL, "registry"),
                    new Named(FaultKind.CUT, "us → kafka"),
                    new Named(FaultKind.REPLAY, "all topics"));

    @Test
    void aSeedDealsTheSameAgain() {
        assertThat(dealt(7, 20)).isEqualTo(dealt(7, 20));
        assertThat(dealt(7, 20)).isNotEqualTo(dealt(8, 20));
    }

    @Test
    void eachKindComesBeforeAnyComesAgain() {
        List<FaultKind> kinds = dealt(3, 6).stream().map(each -> each.fault().kind()).toList();

        assertThat(kinds.subList(0, 3))
                .containsExactlyInAnyOrder(FaultKind.KILL, FaultKind.CUT, FaultKind.REPLAY);
        assertThat(kinds.subList(3, 6))
                .containsExactlyInAnyOrder(FaultKind.KILL, FaultKind.CUT, FaultKind.REPLAY);
    }

    @Test
    void eachTargetOfAKindComesBeforeAnyComesAgain() {
        Stream<String> killed =
                dealt(5, 9).stream()
                        .map(Planned::fault)
                        .filter(fault -> fault.kind() == FaultKind.KILL)
                        .map(Fault::target);

        assertThat(killed).containsExactlyInAnyOrder("us", "kafka", "registry");
    }

    @Test
    void aFaultLastsAsLongAsItsKindSays() {
        assertThat(dealt(1, 50))
                .allSatisfy(each ->
                        assertThat(each.lasts())
                                .isBetween(
                                        each.fault().kind().shortest(),
                                        each.fault().kind().longest()));
    }

    @Test
    void nothingToBreakIsRefused() {
        assertThatThrownBy(() -> new Schedule(1, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Planned> dealt(long seed, int count) {
        Schedule schedule = new Schedule(seed, FAULTS);
        List<Planned> dealt = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            dealt.add(schedule.next());
        }
        return dealt;
    }
}
