package dev.understudy.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StepsTest {
    private static final UUID KEY = new UUID(1, 2);

    @Test
    void asManyVersionsAsWritesAreNoViolation() {
        assertThat(judge(Map.of(KEY, 2L)).holds()).isTrue();
        assertThat(judge(Map.of(KEY, 3L)).holds()).isTrue();
    }

    @Test
    void aVersionThatIsUsedAgainIsSeen() {
        assertThat(judge(Map.of(KEY, 1L)).violations()).hasSize(1);
        assertThat(judge(Map.of()).violations()).hasSize(1);
    }

    @Test
    void aVersionThatNobodyWroteIsSeen() {
        assertThat(judge(Map.of(KEY, 4L)).violations()).hasSize(1);
    }

    private static Verdict judge(Map<UUID, Long> versions) {
        return Steps.judge("account", versions, Map.of(KEY, new Steps(2, 3)));
    }
}
