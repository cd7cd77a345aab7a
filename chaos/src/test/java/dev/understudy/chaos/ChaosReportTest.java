package dev.understudy.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.understudy.chaos.check.Guarantee;
import dev.understudy.chaos.check.Verdict;
import dev.understudy.chaos.fault.FaultKind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChaosReportTest {
    private static final Minimums MINIMUMS = new Minimums(Map.of("swaps", 2L));
    private static final ChaosSettings SETTINGS =
            new ChaosSettings(7, Duration.ofSeconds(90), EnumSet.of(FaultKind.KILL), MINIMUMS);

    @Test
    void aRunThatSawEachGuaranteeHoldHasPassed() throws Exception {
        ChaosReport report = report(new Verdict(Guarantee.CONVERGED, 5, List.of()), 2);

        assertThat(report.passed()).isTrue();
        JsonNode json = new JsonMapper().readTree(report.json());
        assertThat(json.path("seed").asInt()).isEqualTo(7);
        assertThat(json.path("faultsByKind").path("kill").asInt()).isEqualTo(3);
        assertThat(json.path("judged").path("converged").asInt()).isEqualTo(5);
        assertThat(json.path("passed").asBoolean()).isTrue();
        assertThat(report.json()).doesNotContain("\n");
    }

    @Test
    void aViolationFailsIt() {
        ChaosReport report =
                report(new Verdict(Guarantee.CONVERGED, 5, List.of("one", "another")), 2);

        assertThat(report.violations()).isEqualTo(2);
        assertThat(report.passed()).isFalse();
    }

    @Test
    void aCheckerThatJudgedNothingFailsIt() {
        assertThat(report(new Verdict(Guarantee.CONVERGED, 0, List.of()), 2).passed()).isFalse();
    }

    @Test
    void tooLittleOfWhatItMustHaveDoneFailsIt() {
        ChaosReport report = report(new Verdict(Guarantee.CONVERGED, 5, List.of()), 1);

        assertThat(report.passed()).isFalse();
        assertThat(report.json()).contains("swaps 1, at least 2");
    }

    @Test
    void aRunThatThrowsStillTellsItsSeed() throws Exception {
        String line =
                ChaosReport.broken(
                        SETTINGS, Map.of(FaultKind.KILL, 1L), new IllegalStateException("no end"));

        JsonNode json = new JsonMapper().readTree(line);
        assertThat(json.path("seed").asInt()).isEqualTo(7);
        assertThat(json.path("failure").asText()).contains("no end");
        assertThat(json.path("passed").asBoolean(true)).isFalse();
    }

    @Test
    void killsAreAskedForWhereTheyMayBe() {
        assertThat(Minimums.of(10, EnumSet.allOf(FaultKind.class)).kills()).isEqualTo(2);
        assertThat(Minimums.of(10, EnumSet.of(FaultKind.CUT)).kills()).isZero();
    }

    private static ChaosReport report(Verdict verdict, long swaps) {
        Map<String, Long> figures = Map.of("swaps", swaps);
        return new ChaosReport(
                SETTINGS,
                Map.of(FaultKind.KILL, 3L),
                figures,
                List.of(verdict),
                MINIMUMS.missedBy(figures));
    }
}
