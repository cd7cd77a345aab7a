package dev.understudy.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.chaos.check.Steps;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final UUID KEY = new UUID(1, 2);
    private static final Optional<Map<String, String>> GONE = Optional.empty();

    private final Ledger ledger = new Ledger();

    @Test
    void whatWasAcceptedLastMustBeThere() {
        ledger.accepted(KEY, name("1"));
        ledger.accepted(KEY, name("2"));

        assertThat(mayBe(name("2"))).isTrue();
        assertThat(mayBe(name("1"))).isFalse();
        assertThat(mayBe(GONE)).isFalse();
    }

    @Test
    void whatWasDeletedMustBeGone() {
        ledger.accepted(KEY, name("1"));
        ledger.deleted(KEY);

        assertThat(mayBe(GONE)).isTrue();
        assertThat(mayBe(name("1"))).isFalse();
    }

    @Test
    void fieldsThatWereNotGivenStayUntilTheEntityIsDeleted() {
        ledger.accepted(KEY, Map.of("name", "1", "parentAccountId", "p"));
        ledger.accepted(KEY, name("2"));

        assertThat(mayBe(Map.of("name", "2", "parentAccountId", "p"))).isTrue();
        assertThat(mayBe(name("2"))).isFalse();
        assertThat(mayBe(Map.of("name", "2", "parentAccountId", "q"))).isFalse();

        ledger.deleted(KEY);
        ledger.accepted(KEY, name("3"));

        assertThat(mayBe(name("3"))).isTrue();
        assertThat(mayBe(Map.of("name", "3", "parentAccountId", "p"))).isFalse();
    }

    @Test
    void whatWasNotAnsweredMayBeThere() {
        ledger.unanswered(KEY, name("1"));

        assertThat(mayBe(GONE)).isTrue();
        assertThat(mayBe(name("1"))).isTrue();
        assertThat(mayBe(name("2"))).isFalse();
    }

    @Test
    void whatWasNotAnsweredMayStillComeAfterWhatWasAccepted() {
        ledger.accepted(KEY, name("1"));
        ledger.unanswered(KEY, name("2"));
        ledger.accepted(KEY, name("3"));
        ledger.deletionUnanswered(KEY);

        assertThat(mayBe(name("2"))).isTrue();
        assertThat(mayBe(name("3"))).isTrue();
        assertThat(mayBe(GONE)).isTrue();
        assertThat(mayBe(name("1"))).isFalse();
    }

    @Test
    void eachAcceptedWriteIsAVersion() {
        ledger.accepted(KEY, name("1"));
        ledger.deleted(KEY);
        ledger.unanswered(KEY, name("2"));

        assertThat(ledger.steps()).containsEntry(KEY, new Steps(2, 3));
    }

    private boolean mayBe(Map<String, String> found) {
        return mayBe(Optional.of(found));
    }

    private boolean mayBe(Optional<Map<String, String>> found) {
        return ledger.judge(KEY, found).isEmpty();
    }

    private static Map<String, String> name(String name) {
        return Map.of("name", name);
    }
}
