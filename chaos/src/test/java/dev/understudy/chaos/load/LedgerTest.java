package dev.understudy.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final UUID KEY = new UUID(1, 2);

    private final Ledger ledger = new Ledger();

    @Test
    void whatWasAcceptedLastMustBeThere() {
        ledger.accepted(KEY, "1");
        ledger.accepted(KEY, "2");

        assertThat(allowed()).containsExactly("2");
    }

    @Test
    void whatWasNotAnsweredMayBeThere() {
        ledger.unanswered(KEY, "1");

        assertThat(allowed()).containsExactlyInAnyOrder(Ledger.GONE, "1");
    }

    @Test
    void whatWasNotAnsweredMayStillComeAfterWhatWasAccepted() {
        ledger.accepted(KEY, "1");
        ledger.unanswered(KEY, "2");
        ledger.accepted(KEY, "3");

        assertThat(allowed()).containsExactlyInAnyOrder("2", "3");
    }

    private Set<String> allowed() {
        Map<UUID, Set<String>> all = new HashMap<>();
        ledger.forEach(all::put);
        return all.get(KEY);
    }
}
