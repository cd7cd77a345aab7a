package dev.understudy.instance.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class NextOffsetsTest {
    @Test
    void acknowledgementsMoveTheirPartition() {
        NextOffsets offsets =
                new NextOffsets(
                        Map.of(
                                new TopicPartition("a", 1), 5L,
                                new TopicPartition("a", 0), 7L,
                                new TopicPartition("b", 0), 0L));

        offsets.acknowledged(new TopicPartition("a", 1), 9);
        offsets.acknowledged(new TopicPartition("a", 1), 8);

        assertThat(offsets.byTopic()).isEqualTo(Map.of("a", List.of(7L, 10L), "b", List.of(0L)));
    }
}
