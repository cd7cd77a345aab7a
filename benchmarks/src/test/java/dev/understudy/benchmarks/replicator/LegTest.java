package dev.understudy.benchmarks.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.understudy.benchmarks.store.Measured;
import org.junit.jupiter.api.Test;

final class LegTest {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    @Test
    void whatAllProcessorsAllowIsBoundByEverybodysCpu() {
        Measured measured = new Measured(1000, 1, 0.003, 0.002, 0);

        Leg leg = new Leg(measured, 0.005);

        assertThat(leg.brokerMicros()).isCloseTo(5, within(0.001));
        assertThat(leg.cpuBoundPerSecond()).isCloseTo(PROCESSORS * 100_000, within(1.0));
    }
}
