package dev.understudy.instance.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.instance.publishing.PublishingSettings.Limits;
import dev.understudy.schemas.event.Position;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BatchTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final Batch batch = new Batch(new Limits(3, 100, 1));

    @Test
    void emptyBatchIsNeverDue() {
        begin(1);
        end(1);

        assertThat(batch.isDue(true)).isFalse();
    }

    @Test
    void isDueWhenNothingIsPending() {
        transaction(1, 1);

        assertThat(batch.isDue(false)).isFalse();
        assertThat(batch.isDue(true)).isTrue();
    }

    @Test
    void isDueWhenFullOfEvents() {
        transaction(1, 2);
        assertThat(batch.isDue(false)).isFalse();

        transaction(2, 1);
        assertThat(batch.isDue(false)).isTrue();
    }

    @Test
    void isDueWhenFullOfBytes() {
        begin(1);
        batch.change(100);
        end(1);

        assertThat(batch.isDue(false)).isTrue();
    }

    @Test
    void transactionIsNotSplit() {
        begin(1);
        changes(29);

        assertThat(batch.isDue(true)).isFalse();
    }

    @Test
    void hugeTransactionIsSplitAndNotConfirmed() {
        transaction(1, 1);
        begin(2);
        changes(29);

        assertThat(batch.isDue(false)).isTrue();
        assertThat(batch.last()).hasValue(commit(1));
        batch.committed();
        assertThat(batch.last()).isEmpty();
        assertThat(batch.open()).isPresent();
    }

    @Test
    void heartbeatAloneIsDue() {
        begin(1);
        batch.heartbeat(new WalMessage.Heartbeat(NOON, 1, List.of()), new Position(1, 1));
        end(1);

        assertThat(batch.isDue(true)).isTrue();
    }

    @Test
    void lastHeartbeatSaysItAll() {
        batch.heartbeat(new WalMessage.Heartbeat(NOON, 1, List.of()), new Position(1, 1));
        WalMessage.Heartbeat later = new WalMessage.Heartbeat(NOON.plusSeconds(1), 1, List.of());
        batch.heartbeat(later, new Position(1, 2));

        assertThat(batch.heartbeat()).hasValue(new Batch.Beat(later, new Position(1, 2)));
    }

    @Test
    void eachChangeHasTheCommitOfItsTransaction() {
        transaction(1, 1);
        transaction(2, 2);

        Instant second = NOON.plusSeconds(2);
        assertThat(batch.commits()).containsExactly(NOON.plusSeconds(1), second, second);
        batch.committed();
        assertThat(batch.commits()).isEmpty();
    }

    private void transaction(int number, int changes) {
        begin(number);
        changes(changes);
        end(number);
    }

    private void begin(int number) {
        batch.begin(new PgOutput.Begin(number, NOON.plusSeconds(number), number));
    }

    private void changes(int count) {
        for (int i = 0; i < count; i++) {
            batch.change(1);
        }
    }

    private void end(int number) {
        batch.end(commit(number));
    }

    private static PgOutput.Commit commit(int number) {
        return new PgOutput.Commit(number, number + 1, NOON.plusSeconds(number));
    }
}
