package dev.understudy.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PartPlanTest {

    @TempDir private Path directory;

    @Test
    void addedEnvironmentReplacesAndTheRestStays() {
        PartPlan plan = plan(Map.of("A", "1", "B", "2")).withEnvironment(Map.of("B", "3"));
        assertThat(plan.environment()).containsOnly(Map.entry("A", "1"), Map.entry("B", "3"));
        assertThat(plan.processBuilder().environment()).containsEntry("B", "3").containsKey("PATH");
    }

    @Test
    void theLogIsNamedAfterThePart() {
        assertThat(plan(Map.of()).log()).isEqualTo(directory.resolve("us-database.log"));
    }

    private PartPlan plan(Map<String, String> environment) {
        return new PartPlan(
                "us-database",
                List.of("true"),
                environment,
                WorkDirectory.of(directory, "us"),
                PartPlan.Life.readyAt(() -> true));
    }
}
