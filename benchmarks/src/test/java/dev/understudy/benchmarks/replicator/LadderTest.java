package dev.understudy.benchmarks.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.benchmarks.replicator.Workload.Order;
import dev.understudy.schemas.event.ChangeEvent;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class LadderTest {
    private static final int ROWS = 3000;
    private static final Workload WORKLOAD = Workload.of(ROWS, Order.SHUFFLED);

    private final int[] partitions = new int[ROWS];

    LadderTest() {
        for (int i = 0; i < ROWS; i++) {
            partitions[i] = i % 2;
        }
    }

    @Test
    void countsToTheLastRungOfEachPartition() {
        Ladder ladder = Ladder.over(WORKLOAD.first(), partitions, List.of());

        ladder.climb(revenues(WORKLOAD.first().subList(0, 1200)));

        assertThat(ladder.applied()).isEqualTo(1000);
        assertThat(ladder.size()).isEqualTo(ROWS);
    }

    @Test
    void isClimbedToTheEndInSeveralLooks() {
        Ladder ladder = Ladder.over(WORKLOAD.first(), partitions, List.of());
        Map<UUID, BigDecimal> all = revenues(WORKLOAD.first());

        boolean further = true;
        while (further) {
            Map<UUID, BigDecimal> found = new HashMap<>(all);
            found.keySet().retainAll(ladder.next());
            further = ladder.climb(found);
        }

        assertThat(ladder.applied()).isEqualTo(ROWS);
    }

    @Test
    void isNotPassedByAnotherVersionOfTheRow() {
        Ladder second = Ladder.over(WORKLOAD.second(), partitions, List.of());

        second.climb(revenues(WORKLOAD.first()));

        assertThat(second.applied()).isZero();
    }

    @Test
    void isPassedByALaterVersionThatIsKnown() {
        Ladder first = Ladder.over(WORKLOAD.first(), partitions, WORKLOAD.second());

        first.climb(revenues(WORKLOAD.second().subList(0, 1000)));

        assertThat(first.applied()).isEqualTo(1000);
    }

    @Test
    void childrenComeBeforeTheirParentsIfAsked() {
        List<ChangeEvent> events = Workload.of(ROWS, Order.CHILDREN_FIRST).first();

        assertThat(events.subList(0, ROWS - ROWS / 10)).allMatch(LadderTest::hasParent);
        assertThat(events.subList(ROWS - ROWS / 10, ROWS)).noneMatch(LadderTest::hasParent);
    }

    private static boolean hasParent(ChangeEvent event) {
        return event.content().reference(event.type().field("parentAccountId").orElseThrow())
                != null;
    }

    private static Map<UUID, BigDecimal> revenues(List<ChangeEvent> events) {
        Map<UUID, BigDecimal> revenues = new HashMap<>();
        for (ChangeEvent event : events) {
            Object revenue =
                    event.content().value(event.type().field("annualRevenue").orElseThrow());
            revenues.put((UUID) event.key().value(), (BigDecimal) revenue);
        }
        return revenues;
    }
}
