package dev.understudy.instance.ready;

import static dev.understudy.instance.Contoso.ACCOUNT;
import static dev.understudy.instance.Contoso.TICKET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.instance.Contoso;
import dev.understudy.instance.MemoryStore;
import dev.understudy.instance.write.Operation;
import dev.understudy.instance.write.WriteStep;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.RecordState;
import dev.understudy.store.StoreTransaction;
import dev.understudy.store.ledger.Awaited;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DeferredStepsTest {
    private static final EntityId ACCOUNT_1 = Contoso.id(ACCOUNT, 1);

    private final MemoryStore store = new MemoryStore();
    private final List<EntityId> runs = new ArrayList<>();
    private final DeferredSteps steps =
            new DeferredSteps(store, Contoso.CATALOG, List.of(new Noting()));

    @Test
    void itWaitsIfTheEntityRefersToAPlaceholderByNow() {
        Awaited seen = ticket(1);
        account(RecordState.PLACEHOLDER);

        assertThat(steps.run(seen)).isFalse();
        assertThat(runs).isEmpty();
        assertThat(store.settled()).isEmpty();

        account(RecordState.HYDRATED);
        assertThat(steps.run(seen)).isTrue();
        assertThat(runs).containsExactly(seen.id());
        assertThat(store.settled()).containsExactly(seen);
    }

    @Test
    void aFailureAlsoAnErrorKeepsItsNoteAndConcernsNoOther() {
        account(RecordState.HYDRATED);
        Awaited failing = ticket(13);
        Awaited other = ticket(1);

        assertThat(steps.run(failing)).isFalse();
        assertThat(steps.run(other)).isTrue();
        assertThat(store.settled()).containsExactly(other);
    }

    private void account(RecordState state) {
        store.put(row(EntityContent.ofKey(ACCOUNT, ACCOUNT_1.key()), state));
    }

    /** A note of a ticket of the account. */
    private Awaited ticket(int number) {
        EntityId id = Contoso.id(TICKET, number);
        EntityContent content =
                EntityContent.ofKey(TICKET, id.key())
                        .with(Contoso.field(TICKET, "accountId"), ACCOUNT_1.key().value());
        store.put(row(content, RecordState.HYDRATED));
        return new Awaited(number, "noting", id, new Version(1), Awaited.Now.COMPLETE);
    }

    private static EntityRow row(EntityContent content, RecordState state) {
        return new EntityRow(content, state, new Version(1), Instant.EPOCH);
    }

    /** Notes what it runs of, and cannot run of ticket 13. */
    private final class Noting implements WriteStep.Deferred {
        @Override
        public String name() {
            return "noting";
        }

        @Override
        public boolean concerns(Operation operation) {
            return true;
        }

        @Override
        public void run(StoreTransaction transaction, EntityRow row) {
            if (row.id().equals(Contoso.id(TICKET, 13))) {
                throw new AssertionError("it cannot");
            }
            runs.add(row.id());
        }
    }
}
