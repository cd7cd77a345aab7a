package dev.understudy.lob.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MixTest {

    @Test
    void operationsOccurAsOftenAsTheyWeigh() {
        Plan plan = new Plan(Mix.parse("create=10,ticket=30,update=0"), 7);
        Map<Operation, Integer> counts = new EnumMap<>(Operation.class);
        Stream.generate(plan::next)
                .limit(10_000)
                .forEach(arrival -> counts.merge(arrival.operation(), 1, Integer::sum));

        assertThat(counts).containsOnlyKeys(Operation.CREATE, Operation.TICKET);
        assertThat(counts.get(Operation.CREATE)).isBetween(2300, 2700);
    }

    @Test
    void theSameSeedGivesTheSamePlan() {
        assertThat(plan(5)).isEqualTo(plan(5)).isNotEqualTo(plan(6));
    }

    @Test
    void aMixReadsAsItIsWritten() {
        assertThat(Mix.parse(Mix.DEFAULT.toString())).isEqualTo(Mix.DEFAULT);
    }

    @Test
    void aBadMixIsNamed() {
        assertThatThrownBy(() -> Mix.parse("create=1,drop=2"))
                .hasMessageContaining("'drop'")
                .hasMessageContaining("read-source");
        assertThatThrownBy(() -> Mix.parse("create")).hasMessageContaining("'create'");
        assertThatThrownBy(() -> Mix.parse("create=-1")).hasMessageContaining("'create=-1'");
        assertThatThrownBy(() -> Mix.parse("create=0")).hasMessageContaining("no operation");
    }

    private static List<Arrival> plan(long seed) {
        Plan plan = new Plan(Mix.DEFAULT, seed);
        return Stream.generate(plan::next).limit(100).toList();
    }
}
