package dev.understudy.store.postgres;

import dev.understudy.store.EntityId;
import dev.understudy.store.ledger.Awaited;
import dev.understudy.store.sql.Statements;
import java.util.function.Consumer;

/** What a transaction notes beside its writes: what is to be published later, and what awaits. */
final class Notes {
    private static final String PUBLISH_LATER =
            """
            INSERT INTO "understudy"."unpublished" ("type", "key") VALUES (?, ?)
            ON CONFLICT DO NOTHING
            """;

    private static final String PUBLISHED =
            "DELETE FROM \"understudy\".\"unpublished\" WHERE \"type\" = ? AND \"key\" = ?";

    private static final String AWAIT =
            """
            INSERT INTO "understudy"."awaiting" ("type", "key", "purpose") VALUES (?, ?, ?)
            ON CONFLICT ("type", "purpose", "key") DO UPDATE SET "seq" = DEFAULT
            """;

    private static final String AWAIT_NO_MORE =
            """
            DELETE FROM "understudy"."awaiting" WHERE "type" = ? AND "key" = ? AND "purpose" = ?
            """;

    private static final String SETTLE =
            "DELETE FROM \"understudy\".\"awaiting\" WHERE \"type\" = ? AND \"seq\" = ? RETURNING 1";

    private final Statements statements;

    Notes(Statements statements) {
        this.statements = statements;
    }

    void publishLater(EntityId id) {
        note(PUBLISH_LATER, id);
    }

    void published(EntityId id) {
        note(PUBLISHED, id);
    }

    void await(EntityId id, String purpose) {
        note(AWAIT, id, purpose);
    }

    void awaitNoMore(EntityId id, String purpose) {
        note(AWAIT_NO_MORE, id, purpose);
    }

    /** Ends a note; tells whether it was still there, once what is queued has run. */
    void settle(Awaited awaited, Consumer<Boolean> wasThere) {
        statements.queue(
                SETTLE,
                (_, statement, first) -> {
                    statement.setString(first, awaited.id().type().fullName());
                    statement.setLong(first + 1, awaited.seq());
                    return first + 2;
                },
                row -> wasThere.accept(row.next()));
    }

    /** Binds type, key, and these in their order. */
    private void note(String sql, EntityId id, String... more) {
        statements.queue(
                sql,
                (_, statement, first) -> {
                    int index = first;
                    statement.setString(index++, id.type().fullName());
                    statement.setString(index++, id.key().text());
                    for (String each : more) {
                        statement.setString(index++, each);
                    }
                    return index;
                });
    }
}
