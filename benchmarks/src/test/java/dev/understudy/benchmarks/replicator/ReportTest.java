package dev.understudy.benchmarks.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.benchmarks.replicator.Sample.Spent;
import dev.understudy.benchmarks.store.Measured;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReportTest {
    private static final long ROWS = 1000;

    private final StringWriter text = new StringWriter();
    private final PrintWriter out = new PrintWriter(text);
    private final Report report = new Report(out, ROWS, "right");

    @Test
    void ratiosAreOursToTheOthersAndToWhatTheProcessorsAllow() {
        report.limit(new RawLimit.Limit(leg(), leg()));
        report.add(run("ours", 2000, "right"));
        report.add(run("peer", 1000, "right"));
        report.childrenFirst(run("ours", 1000, "right"));

        assertThat(report.json())
                .contains("\"insert / peer\": [2.000, 2.000, 2.000]")
                .contains("\"insert / every child first / ordinary\": [0.500, 0.500, 0.500]")
                .contains("\"worker CPU of updates / peer\": [1.000, 1.000, 1.000]")
                .contains("\"update / CPU-bound\"");
        assertThat(report.oursAreRight()).isTrue();
    }

    @Test
    void aWrongTableIsToldOfAndHasNoRatio() {
        report.add(run("ours", 2000, "right"));
        report.add(run("peer", 4000, "wrong"));
        report.withForeignKey(run("peer, foreign key on", 1000, "0 rows"));

        report.print();

        assertThat(text.toString())
                .contains("WRONG DATA, peer: wrong, not right")
                .contains("peer, foreign key on: 0 rows");
        assertThat(report.json()).doesNotContain("peer");
    }

    @Test
    void oneLineForEachLegOfEachContender() {
        report.limit(new RawLimit.Limit(leg(), leg()));
        report.add(run("ours", 2000, "right"));

        report.print();

        assertThat(text.toString().lines().filter(line -> line.startsWith("ours ")))
                .hasSize(3)
                .allMatch(line -> line.contains("2000 (2000-2000)"));
    }

    @Test
    void shapesAreComparedWithTheFirstOfTheirKind() {
        ScaleReport scale = new ScaleReport(ROWS, "right");
        scale.add(run("1×1", 1000, "right"));
        scale.add(run("1×2", 1500, "right"));
        scale.add(run("1×2, 1,000 present", 1500, "right"));
        scale.add(run("1×2, 2,000 present", 1200, "right"));
        scale.add(run("2×2", 9000, "wrong"));

        scale.print(out);

        assertThat(scale.json())
                .contains("\"insert, 1×2 / 1×1\": [1.500, 1.500, 1.500]")
                .contains("\"update, 1×2, 2,000 present / 1×2, 1,000 present\": [0.800,")
                .doesNotContain("2×2");
        assertThat(scale.allAreRight()).isFalse();
    }

    /** At a steady rate, with a microsecond of everybody's CPU for each row. */
    private static Run run(String contender, double perSecond, String checksum) {
        List<Sample> samples = new ArrayList<>();
        for (long applied = 0; applied <= 2 * ROWS; applied += 10) {
            double cpu = applied * 1e-6;
            samples.add(
                    new Sample(
                            (long) (applied * 1e9 / perSecond),
                            Math.min(applied, ROWS),
                            Math.max(0, applied - ROWS),
                            new Spent(cpu, cpu, cpu, applied * 600)));
        }
        return new Run(contender, 0, samples, 300, true, checksum);
    }

    private static Leg leg() {
        return new Leg(new Measured(ROWS, 0.25, 0.001, 0.001, 600), 0);
    }
}
