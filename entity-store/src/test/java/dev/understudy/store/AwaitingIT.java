package dev.understudy.store;

import static dev.understudy.store.Contoso.account;
import static dev.understudy.store.Contoso.someAccount;
import static dev.understudy.store.Contoso.someTicket;
import static dev.understudy.store.Contoso.ticket;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.store.ledger.Awaited;
import dev.understudy.store.ledger.Awaiting;
import dev.understudy.store.postgres.PostgresEntityStore;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What waits for complete entities is seen, and goes without waiting for writers. */
@Timeout(60)
final class AwaitingIT {
    private static final String PURPOSE = "test";

    private final TestDatabase database = TestDatabase.withContoso();
    private final EntityStore store =
            new PostgresEntityStore(database.dataSource(), Contoso.CATALOG, "europe");
    private final Awaiting awaiting = new Awaiting(database.dataSource(), Contoso.CATALOG);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whoRefersToAnAliasIsCompleteWhenItsEntityIs() {
        EntityId entity = someAccount();
        EntityId alias = someAccount();
        EntityId ticket = awaitedTicket(alias);
        store.write(transaction -> transaction.place(List.of(entity)));
        database.execute(
                "UPDATE contoso_crm.account SET \"_state\" = 'a', \"_alias_of\" = '%s' WHERE account_id = '%s'"
                        .formatted(entity.key().text(), alias.key().text()));
        assertThat(page()).extracting(Awaited::now).containsExactly(Awaited.Now.INCOMPLETE);

        save(account(entity, "x"));

        assertThat(page()).extracting(Awaited::now).containsExactly(Awaited.Now.COMPLETE);
        assertThat(page()).extracting(Awaited::id).containsExactly(ticket);
    }

    @Test
    void aNoteThatAWriterHoldsStays() {
        EntityId held = awaitedTicket(someAccount());
        EntityId free = awaitedTicket(someAccount());
        List<Awaited> both = page();
        assertThat(both).extracting(Awaited::id).containsExactly(held, free);

        store.write(transaction -> {
            transaction.awaitComplete(held, PURPOSE);
            transaction.flush();
            awaiting.settle(Contoso.TICKET, both);
            return true;
        });

        assertThat(page()).extracting(Awaited::id).containsExactly(held);
        assertThat(page().getFirst().seq()).isGreaterThan(both.getLast().seq());
        awaiting.settle(Contoso.TICKET, page());
        assertThat(page()).isEmpty();
    }

    @Test
    void aNoteOfOnePurposeIsTakenAway() {
        EntityId ticket = awaitedTicket(someAccount());
        store.write(transaction -> {
            transaction.awaitComplete(ticket, "other");
            transaction.awaitNoMore(ticket, PURPOSE);
            return true;
        });
        assertThat(page()).extracting(Awaited::purpose).containsExactly("other");
    }

    private EntityId awaitedTicket(EntityId account) {
        EntityId id = someTicket();
        store.write(transaction -> transaction.place(List.of(account)));
        save(ticket(id, account));
        store.write(transaction -> {
            transaction.awaitComplete(id, PURPOSE);
            return true;
        });
        return id;
    }

    private void save(EntityContent content) {
        EntityRow row = new EntityRow(content, RecordState.HYDRATED, new Version(1), Contoso.TIME);
        store.write(transaction -> {
            transaction.save(row);
            return true;
        });
    }

    private List<Awaited> page() {
        return awaiting.page(Contoso.TICKET, 0, 10);
    }
}
