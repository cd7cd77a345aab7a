package dev.understudy.instance.write;

import static dev.understudy.instance.Contoso.ACCOUNT;
import static dev.understudy.instance.Contoso.TICKET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.instance.Contoso;
import dev.understudy.instance.MemoryStore;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.RecordState;
import dev.understudy.store.StoreTransaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NameHintStepTest {
    private final MemoryStore store = new MemoryStore();

    @Test
    void theNamesOfManyWritesAreNotedAtOnceAndTheFirstOfEachStays() {
        EntityId hydrated = Contoso.id(ACCOUNT, 3);
        EntityId second = Contoso.id(ACCOUNT, 2);
        store.put(Tickets.bare(Tickets.ACCOUNT_1, RecordState.PLACEHOLDER, 0));
        store.put(Tickets.bare(second, RecordState.PLACEHOLDER, 0));
        store.put(Tickets.bare(hydrated, RecordState.HYDRATED, 1));

        Optional<Refusal> refusal =
                store.write(transaction ->
                        new NameHintStep(Contoso.CATALOG)
                                .afterAll(
                                        List.of(
                                                operation(transaction, 1, second, "Two"),
                                                operation(transaction, 2, second, "Other"),
                                                operation(transaction, 3, hydrated, "Three"),
                                                operation(
                                                        transaction,
                                                        4,
                                                        Tickets.ACCOUNT_1,
                                                        "One"))));

        assertThat(refusal).isEmpty();
        assertThat(store.hints()).containsExactly(Map.of(Tickets.ACCOUNT_1, "One", second, "Two"));
    }

    private static Operation operation(
            StoreTransaction transaction, int ticket, EntityId account, String name) {
        GivenField given =
                new GivenField(
                        Contoso.field(TICKET, "accountId"),
                        account.key().value(),
                        Optional.of(name));
        EntityId id = Contoso.id(TICKET, ticket);
        EntityContent content =
                Contents.with(EntityContent.ofKey(TICKET, id.key()), List.of(given));
        return new Operation(
                new WriteRequest.Create(id, List.of(given), Optional.empty()),
                transaction,
                Optional.empty(),
                new EntityRow(content, RecordState.HYDRATED, new Version(1), Tickets.NOW));
    }
}
