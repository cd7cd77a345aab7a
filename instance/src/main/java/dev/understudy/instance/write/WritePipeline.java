package dev.understudy.instance.write;

import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.store.EntityRow;
import dev.understudy.store.EntityStore;
import dev.understudy.store.RowRefusedException;
import dev.understudy.store.StoreTransaction;
import io.micronaut.context.annotation.Context;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The one way in which an entity is written: owner's check, steps, row lock, decision, save and
 * publication. Thread-safe; a result other than a refusal has been committed.
 */
@Context
public final class WritePipeline {
    private final Ownership ownership;
    private final Steps steps;
    private final EntityStore store;
    private final ChangePublication publication;
    private final Clock clock;

    WritePipeline(
            Ownership ownership,
            Steps steps,
            EntityStore store,
            ChangePublication publication,
            Clock clock) {
        this.ownership = ownership;
        this.steps = steps;
        this.store = store;
        this.publication = publication;
        this.clock = clock;
    }

    /**
     * Does what is requested, or says why not.
     *
     * @throws dev.understudy.store.StoreException if the database is away
     */
    public WriteResult write(WriteRequest request) {
        Optional<Refusal> refusal =
                ownership.refusal(request.id().type()).or(() -> steps.preValidation(request));
        if (refusal.isPresent()) {
            return new WriteResult.Refused(refusal.get());
        }
        try {
            return store.write(
                    transaction -> write(transaction, References.resolved(transaction, request)));
        } catch (RefusedWriteException e) {
            return new WriteResult.Refused(e.refusal());
        } catch (RowRefusedException e) {
            return new WriteResult.Refused(refusal(request, e));
        }
    }

    private WriteResult write(StoreTransaction transaction, WriteRequest request) {
        Optional<EntityRow> before = transaction.lock(request.id());
        Version floor =
                before.map(EntityRow::version)
                        .filter(version -> !version.equals(Version.NONE))
                        .orElseGet(() -> transaction.floor(request.id().type()));
        Instant changedAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return switch (WriteRules.decide(before, floor, request, changedAt)) {
            case Decision.Insert(EntityRow given) -> {
                EntityRow after = withoutAliases(transaction, given);
                save(new Operation(request, transaction, before, after), after.content());
                yield new WriteResult.Created(after);
            }
            case Decision.Update(EntityRow given) -> {
                EntityRow after = withoutAliases(transaction, given);
                save(new Operation(request, transaction, before, after), after.content());
                yield new WriteResult.Updated(after);
            }
            case Decision.Delete(EntityRow marker, EntityContent last) -> {
                save(new Operation(request, transaction, before, marker), last);
                yield new WriteResult.Deleted(marker);
            }
            case Decision.Refuse(Refusal refusal) -> throw new RefusedWriteException(refusal);
        };
    }

    /** Who refers to a provisional key means the entity that has come under its own. */
    private static EntityRow withoutAliases(StoreTransaction transaction, EntityRow row) {
        return new EntityRow(
                transaction.withoutAliases(row.content()),
                row.state(),
                row.version(),
                row.changedAt());
    }

    private void save(Operation operation, EntityContent eventContent) {
        rollBackIf(steps.preOperation(operation));
        operation.transaction().save(operation.after());
        publication.publish(
                operation.transaction(),
                operation.after(),
                eventContent,
                operation.request().traceparent());
        rollBackIf(steps.postOperation(operation));
    }

    private static void rollBackIf(Optional<Refusal> refusal) {
        if (refusal.isPresent()) {
            throw new RefusedWriteException(refusal.get());
        }
    }

    private static Refusal refusal(WriteRequest request, RowRefusedException refused) {
        boolean duplicate = refused.sqlState().equals("23505");
        return new Refusal(
                duplicate ? Refusal.Reason.ALREADY_EXISTS : Refusal.Reason.INVALID_FIELD,
                "the database refuses %s with the key '%s' (SQLSTATE %s%s)"
                        .formatted(
                                request.id().type(),
                                request.id().key().text(),
                                refused.sqlState(),
                                duplicate ? ": another one has a value that is unique" : ""));
    }
}
