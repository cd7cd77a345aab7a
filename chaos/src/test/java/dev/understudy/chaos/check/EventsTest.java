package dev.understudy.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.chaos.check.ChangeTopic.Event;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class EventsTest {
    private static final TopicPartition PARTITION = new TopicPartition("us.Account", 2);

    @Test
    void anEventWithoutReceiptOrDeadLetterIsDropped() {
        List<Event> events = List.of(event(0, "a", 1), event(1, "a", 2));

        Verdict verdict = Deliveries.judge(events, Set.of("us.Account-2@0"));

        assertThat(verdict.judged()).isEqualTo(2);
        assertThat(verdict.violations()).singleElement().asString().contains("offset=1");
    }

    @Test
    void aLastRecordBelowAnEarlierOneShows() {
        List<Event> events = List.of(event(0, "a", 2), event(1, "b", 1), event(2, "a", 1));

        assertThat(ChangeTopic.highest(events)).isEqualTo(Map.of("a", 2L, "b", 1L));
        assertThat(ChangeTopic.last(events)).isEqualTo(Map.of("a", 1L, "b", 1L));
    }

    @Test
    void aVersionThatIsNotThereBeforeALaterOneIsAGap() {
        List<Event> events =
                List.of(event(0, "a", 1), event(1, "a", 3), event(2, "b", 1), event(3, "b", 1));

        assertThat(ChangeTopic.firstGaps(events)).isEqualTo(Map.of("a", 2L));
    }

    @Test
    void whatIsCommittedAndNotThereIsLost() {
        List<Event> events = List.of(event(0, "a", 1), event(1, "a", 2), event(2, "b", 1));
        Map<TopicPartition, Long> committed = Map.of(PARTITION, 2L);

        assertThat(DurableOffsets.judge(events, committed, Map.of("a", 2L)).holds()).isTrue();
        assertThat(DurableOffsets.judge(events, committed, Map.of("a", 1L)).violations())
                .hasSize(1);
        assertThat(DurableOffsets.judge(events, committed, Map.of()).violations()).hasSize(2);
    }

    private static Event event(long offset, String key, long version) {
        return new Event(PARTITION, offset, key, version, false);
    }
}
