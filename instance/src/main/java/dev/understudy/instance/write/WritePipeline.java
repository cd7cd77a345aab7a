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
import java.util.List;
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
        Optional<Refusal> refusal = validated(request);
        if (refusal.isPresent()) {
            return new WriteResult.Refused(refusal.get());
        }
        try {
            return store.write(transaction -> write(transaction, request));
        } catch (RefusedWriteException e) {
            return new WriteResult.Refused(e.refusal());
        } catch (RowRefusedException e) {
            return new WriteResult.Refused(refusal(request, e));
        }
    }

    /** The refusal that needs no transaction. */
    Optional<Refusal> validated(WriteRequest request) {
        return ownership.refusal(request.id().type()).or(() -> steps.preValidation(request));
    }

    /** Within a transaction that may hold other writes. */
    WriteResult write(StoreTransaction transaction, WriteRequest request) {
        WriteRequest resolved = References.resolved(transaction, request);
        Decided decided = decided(transaction, resolved, transaction.lock(resolved.id()));
        save(decided);
        return decided.result();
    }

    /**
     * What is to be done.
     *
     * @param eventContent what the change event tells
     */
    record Decided(Operation operation, EntityContent eventContent, WriteResult result) {}

    /** What a request means for the row that is locked; a refusal is an exception. */
    Decided decided(
            StoreTransaction transaction, WriteRequest request, Optional<EntityRow> before) {
        Version floor =
                before.map(EntityRow::version)
                        .filter(version -> !version.equals(Version.NONE))
                        .orElseGet(() -> transaction.floor(request.id().type()));
        Instant changedAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return switch (WriteRules.decide(before, floor, request, changedAt)) {
            case Decision.Insert(EntityRow given) -> {
                EntityRow after = withoutAliases(transaction, given);
                yield new Decided(
                        new Operation(request, transaction, before, after),
                        after.content(),
                        new WriteResult.Created(after));
            }
            case Decision.Update(EntityRow given) -> {
                EntityRow after = withoutAliases(transaction, given);
                yield new Decided(
                        new Operation(request, transaction, before, after),
                        after.content(),
                        new WriteResult.Updated(after));
            }
            case Decision.Delete(EntityRow marker, EntityContent last) ->
                    new Decided(
                            new Operation(request, transaction, before, marker),
                            last,
                            new WriteResult.Deleted(marker));
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

    private void save(Decided decided) {
        rollBackIf(steps.preOperation(decided.operation()));
        decided.operation().transaction().save(decided.operation().after());
        publish(decided);
        rollBackIf(steps.postOperations(List.of(decided.operation())));
    }

    /** The same of different entities, with the steps of a stage for all of them at a time. */
    void saveAll(StoreTransaction transaction, List<Decided> all) {
        List<Operation> operations = all.stream().map(Decided::operation).toList();
        rollBackIf(steps.preOperations(operations));
        transaction.saveAll(operations.stream().map(Operation::after).toList());
        all.forEach(this::publish);
        rollBackIf(steps.postOperations(operations));
    }

    private void publish(Decided decided) {
        Operation operation = decided.operation();
        publication.publish(
                operation.transaction(),
                operation.after(),
                decided.eventContent(),
                operation.request().traceparent());
    }

    private static void rollBackIf(Optional<Refusal> refusal) {
        if (refusal.isPresent()) {
            throw new RefusedWriteException(refusal.get());
        }
    }

    static Refusal refusal(WriteRequest request, RowRefusedException refused) {
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
