package dev.understudy.system.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * The protocol's own code over Kafka and databases that are made up, in thousands of histories, the
 * same ones in each build. {@code -Dtest.histories=N -Dtest.start=M} runs as many others; a failure
 * tells the seed to repeat its history with, by {@code -Dtest.seed=N}.
 */
final class ProtocolSimulationTest {
    private static final int HISTORIES = Integer.getInteger("test.histories", 3000);
    private static final long START = Long.getLong("test.start", 1);
    private static final int LEAST_PER_THOUSAND = 5;
    private static final Logger OURS = (Logger) LoggerFactory.getLogger("dev.understudy");

    private static Level level;

    /** Each outage would be told of. */
    @BeforeAll
    static void silence() {
        level = OURS.getLevel();
        OURS.setLevel(Level.OFF);
    }

    @AfterAll
    static void talk() {
        OURS.setLevel(level);
    }

    @Test
    void everyGuaranteeHoldsInEveryHistory() throws Exception {
        Long given = Long.getLong("test.seed");
        if (given != null) {
            System.out.println(new History(given, Cast.create()).run());
            return;
        }
        Tally tally = new Tally();
        int threads = Math.min(4, Runtime.getRuntime().availableProcessors());
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> runs = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                runs.add(executor.submit(() -> run(tally)));
            }
            for (Future<?> run : runs) {
                run.get();
            }
        }
        System.out.printf("%d histories: %s%n", HISTORIES, tally.happened);
        for (Happening happening : Happening.values()) {
            assertThat(tally.happened.getOrDefault(happening, 0))
                    .as("%s in %d histories", happening, HISTORIES)
                    .isGreaterThanOrEqualTo(HISTORIES * LEAST_PER_THOUSAND / 1000);
        }
    }

    private static void run(Tally tally) {
        Cast cast = Cast.create();
        for (Optional<Numbered> next = tally.next(); next.isPresent(); next = tally.next()) {
            Numbered one = next.get();
            try {
                tally.add(new History(one.seed(), cast).run());
            } catch (RuntimeException | Error e) {
                tally.stop();
                System.err.printf(
                        "History %d failed; repeat it with -Dtest.seed=%d: %s%n",
                        one.number(), one.seed(), e.getMessage());
                throw e;
            }
        }
    }

    private record Numbered(int number, long seed) {}

    /** What all threads have come to. */
    private static final class Tally {
        private final SplittableRandom seeds = new SplittableRandom(START);
        private final Map<Happening, Integer> happened = new EnumMap<>(Happening.class);
        private int begun;
        private boolean stopped;

        synchronized Optional<Numbered> next() {
            return stopped || begun == HISTORIES
                    ? Optional.empty()
                    : Optional.of(new Numbered(++begun, seeds.nextLong()));
        }

        synchronized void add(Map<Happening, Integer> more) {
            more.forEach((happening, times) -> happened.merge(happening, times, Integer::sum));
        }

        synchronized void stop() {
            stopped = true;
        }
    }
}
