package dev.understudy.instance.write;

import static dev.understudy.instance.Contoso.ACCOUNT;
import static dev.understudy.instance.Contoso.TICKET;

import dev.understudy.instance.Contoso;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.RecordState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows and requests about the ticket 1 of the account 1. */
final class Tickets {
    static final EntityId ID = Contoso.id(TICKET, 1);
    static final EntityId ACCOUNT_1 = Contoso.id(ACCOUNT, 1);
    static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private Tickets() {}

    static GivenField given(String field, @Nullable Object value) {
        return new GivenField(Contoso.field(TICKET, field), value);
    }

    static List<GivenField> complete() {
        return new ArrayList<>(
                List.of(
                        given("ticketNumber", "T-1"),
                        given("title", "Printer on fire"),
                        given("priority", "HIGH"),
                        given("status", "OPEN"),
                        given("accountId", ACCOUNT_1.key().value()),
                        given("openedOn", NOW)));
    }

    static WriteRequest create(List<GivenField> given) {
        return new WriteRequest.Create(ID, given, Optional.empty());
    }

    static WriteRequest upsert(Precondition precondition, GivenField... given) {
        return new WriteRequest.Upsert(ID, List.of(given), precondition, Optional.empty());
    }

    static WriteRequest delete(Precondition precondition) {
        return new WriteRequest.Delete(ID, precondition, Optional.empty());
    }

    static EntityRow hydrated(long version) {
        EntityContent content = Contents.with(Contents.defaults(ID), complete());
        return new EntityRow(content, RecordState.HYDRATED, new Version(version), NOW);
    }

    static EntityRow bare(EntityId id, RecordState state, long version) {
        return new EntityRow(
                EntityContent.ofKey(id.type(), id.key()), state, new Version(version), NOW);
    }
}
