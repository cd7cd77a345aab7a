package dev.understudy.instance.write;

import dev.understudy.store.AlternateId;
import dev.understudy.store.EntityId;
import dev.understudy.store.StoreTransaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts keys in the place of the alternate keys by which a write refers to entities. */
final class References {
    private References() {}

    /**
     * The request with keys only; entities that are not known by their alternate keys get
     * placeholders.
     *
     * @throws RefusedWriteException if none can be made
     */
    static WriteRequest resolved(StoreTransaction transaction, WriteRequest request) {
        return switch (request) {
            case WriteRequest.Create create ->
                    new WriteRequest.Create(
                            create.id(),
                            resolved(transaction, create.given()),
                            create.traceparent());
            case WriteRequest.Upsert upsert ->
                    new WriteRequest.Upsert(
                            upsert.id(),
                            resolved(transaction, upsert.given()),
                            upsert.precondition(),
                            upsert.traceparent());
            case WriteRequest.Delete delete -> delete;
        };
    }

    private static List<GivenField> resolved(StoreTransaction transaction, List<GivenField> given) {
        Set<AlternateId> named = new HashSet<>();
        for (GivenField field : given) {
            if (field.value() instanceof AlternateId id) {
                named.add(id);
            }
        }
        if (named.isEmpty()) {
            return given;
        }
        Map<AlternateId, EntityId> found = transaction.resolve(named);
        List<GivenField> resolved = new ArrayList<>();
        for (GivenField field : given) {
            resolved.add(
                    field.value() instanceof AlternateId id
                            ? new GivenField(field.field(), key(found, field, id), field.name())
                            : field);
        }
        return resolved;
    }

    private static Object key(Map<AlternateId, EntityId> found, GivenField field, AlternateId id) {
        EntityId entity = found.get(id);
        if (entity == null) {
            throw new RefusedWriteException(
                    new Refusal(
                            Refusal.Reason.UNKNOWN_REFERENCE,
                            "%s refers to %s, which is not there, and whose key cannot be derived"
                                    .formatted(field.field().name(), id)));
        }
        return entity.key().value();
    }
}
