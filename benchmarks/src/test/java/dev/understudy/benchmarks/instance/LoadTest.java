package dev.understudy.benchmarks.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LoadTest {
    @Test
    void percentilesAreTheLeastThatSuchAShareDoesNotExceed() {
        List<Long> nanos = new ArrayList<>();
        for (long ms = 1; ms <= 1000; ms++) {
            nanos.add(ms * 1_000_000);
        }
        Collections.reverse(nanos);

        assertThat(Percentiles.ofNanos(nanos)).isEqualTo(new Percentiles(500, 990, 999, 1000));
    }

    @Test
    void aLoadComesBackFromItsText() {
        Load load = new Load(12, 3.5, new Percentiles(1, 2, 3, 4.25));

        assertThat(Load.parse(load.text() + "\n")).isEqualTo(load);
    }

    @Test
    void workComesBackFromItsText() {
        Work tickets = new Work("m", 7, 10_000_000, 1_000_000_000);

        assertThat(Work.parse(("/x/" + tickets.text()).split("/", -1), 2)).isEqualTo(tickets);
        assertThat(Work.parse(Work.accounts(5).text().split("/", -1), 0))
                .isEqualTo(Work.accounts(5));
    }

    @Test
    void customersThatAreUsedUpAreReferredToOnceMore() {
        Work tickets = new Work("p", 98, 1000, 100);

        assertThat(tickets.customer(1)).isEqualTo(1099);
        assertThat(tickets.customer(2)).isEqualTo(1000);
        assertThat(tickets.content(0)).isNotEqualTo(tickets.content(1));
    }
}
