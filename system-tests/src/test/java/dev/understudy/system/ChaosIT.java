package dev.understudy.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.chaos.ChaosReport;
import dev.understudy.chaos.ChaosRun;
import dev.understudy.chaos.ChaosSettings;
import dev.understudy.chaos.Minimums;
import dev.understudy.chaos.fault.FaultKind;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short run of {@code ./understudy chaos}: whatever its seed breaks, each guarantee holds. */
@Timeout(900)
class ChaosIT {
    private static final long SEED = 1;

    /** What takes long is left to the longer runs, and what could make up for what was lost. */
    private static final EnumSet<FaultKind> KINDS =
            EnumSet.complementOf(
                    EnumSet.of(FaultKind.KAFKA_AWAY, FaultKind.CLOCK_SKEW, FaultKind.REPLAY));

    @Test
    void nothingThatBreaksBreaksAGuarantee() throws Exception {
        Minimums minimums =
                new Minimums(
                        Map.of(
                                "accepted", 100L,
                                "faults", 3L,
                                "events", 50L,
                                "placeholdersHydrated", 1L));
        ChaosSettings settings = new ChaosSettings(SEED, Duration.ofSeconds(25), KINDS, minimums);

        ChaosReport report =
                ChaosRun.run(settings, new PrintWriter(System.out, true, StandardCharsets.UTF_8));

        assertThat(report.passed()).as(report.json()).isTrue();
    }
}
