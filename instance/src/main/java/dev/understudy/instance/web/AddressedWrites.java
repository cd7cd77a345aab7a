package dev.understudy.instance.web;

import dev.understudy.instance.web.PlannedWrite.Naming;
import dev.understudy.instance.write.BatchResult;
import dev.understudy.instance.write.GivenField;
import dev.understudy.instance.write.Precondition;
import dev.understudy.instance.write.Refusal;
import dev.understudy.instance.write.WritePipeline;
import dev.understudy.instance.write.WriteRequest;
import dev.understudy.instance.write.WriteResult;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.AlternateId;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.EntityStore;
import dev.understudy.store.RecordState;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes of the entities that URLs name. By an alternate key one is looked up first, and again if
 * it lost the key, or somebody else took it, meanwhile.
 */
@Singleton
final class AddressedWrites {
    private static final int ATTEMPTS = 10;

    private final WritePipeline pipeline;
    private final EntityStore store;

    AddressedWrites(WritePipeline pipeline, EntityStore store) {
        this.pipeline = pipeline;
        this.store = store;
    }

    WriteResult write(PlannedWrite planned) {
        WriteResult result = pipeline.write(planned.request().get());
        if (planned.naming() == Naming.BY_ALTERNATE_KEY) {
            for (int attempt = 1; attempt < ATTEMPTS && isOvertaken(result); attempt++) {
                result = pipeline.write(planned.request().get());
            }
        }
        return result;
    }

    /** Writes that are done together, in a way of the caller's. */
    BatchResult write(
            List<PlannedWrite> planned, Function<List<WriteRequest>, BatchResult> together) {
        boolean lookedUp =
                planned.stream().anyMatch(one -> one.naming() == Naming.BY_ALTERNATE_KEY);
        BatchResult result = together.apply(requests(planned));
        for (int attempt = 1; lookedUp && attempt < ATTEMPTS && isOvertaken(result); attempt++) {
            result = together.apply(requests(planned));
        }
        return result;
    }

    private static List<WriteRequest> requests(List<PlannedWrite> planned) {
        return planned.stream().map(one -> one.request().get()).toList();
    }

    PlannedWrite upsert(
            EntityAddress address,
            EntityBody body,
            Precondition precondition,
            Optional<String> traceparent) {
        return switch (address) {
            case EntityAddress.ByKey(EntityId id) -> {
                requireSameKey(id, body);
                yield PlannedWrite.of(
                        new WriteRequest.Upsert(id, body.fields(), precondition, traceparent));
            }
            case EntityAddress.ByAlternateKey(AlternateId id) -> {
                List<GivenField> given = withKey(id, body);
                yield planned(
                        id,
                        holder -> {
                            holder.ifPresent(found -> requireSameKey(found, body));
                            return new WriteRequest.Upsert(
                                    holder.orElseGet(() -> fresh(id.type(), body)),
                                    given,
                                    holder.<Precondition>map(
                                                    _ -> new Precondition.Holds(id, precondition))
                                            .orElse(precondition),
                                    traceparent);
                        });
            }
        };
    }

    PlannedWrite delete(
            EntityAddress address, Precondition precondition, Optional<String> traceparent) {
        return switch (address) {
            case EntityAddress.ByKey(EntityId id) ->
                    PlannedWrite.of(new WriteRequest.Delete(id, precondition, traceparent));
            case EntityAddress.ByAlternateKey(AlternateId id) ->
                    planned(
                            id,
                            holder ->
                                    new WriteRequest.Delete(
                                            holder.orElseThrow(() ->
                                                    new ApiException(
                                                            ErrorCode.NOT_FOUND,
                                                            id + " does not exist")),
                                            new Precondition.Holds(id, precondition),
                                            traceparent));
        };
    }

    /** The write of who has the key at the time. */
    private PlannedWrite planned(
            AlternateId id, Function<Optional<EntityId>, WriteRequest> request) {
        return new PlannedWrite(() -> request.apply(holder(id)), Naming.BY_ALTERNATE_KEY);
    }

    private Optional<EntityId> holder(AlternateId id) {
        return store.find(id).filter(row -> row.state() == RecordState.HYDRATED).map(EntityRow::id);
    }

    private static boolean isOvertaken(WriteResult result) {
        return result instanceof WriteResult.Refused(Refusal refusal) && isOvertaken(refusal);
    }

    private static boolean isOvertaken(BatchResult result) {
        return result instanceof BatchResult.Refused(_, Refusal refusal) && isOvertaken(refusal);
    }

    private static boolean isOvertaken(Refusal refusal) {
        return refusal.reason() == Refusal.Reason.KEY_MOVED
                || refusal.reason() == Refusal.Reason.ALREADY_EXISTS;
    }

    private static void requireSameKey(EntityId id, EntityBody body) {
        if (body.key().filter(key -> !key.equals(id.key())).isPresent()) {
            throw ApiException.invalidKey(
                    "the key in the body, '%s', is not that of the entity in the URL"
                            .formatted(body.key().orElseThrow().text()));
        }
    }

    /** The fields of the body, and those of the key, which the body may repeat. */
    private static List<GivenField> withKey(AlternateId id, EntityBody body) {
        List<GivenField> given = new ArrayList<>(body.fields());
        for (EntityField field : id.key().fields()) {
            Object value = id.values().get(id.key().fields().indexOf(field));
            Optional<GivenField> repeated =
                    body.fields().stream().filter(one -> one.field().equals(field)).findFirst();
            if (repeated.isEmpty()) {
                given.add(new GivenField(field, value));
            } else if (!Objects.equals(repeated.get().value(), value)) {
                throw ApiException.invalidKey(
                        "%s in the body is not the one in the URL".formatted(field.name()));
            }
        }
        return given;
    }

    /** The key of a new entity: the body's, or a random one. */
    private static EntityId fresh(EntityType type, EntityBody body) {
        return new EntityId(type, body.key().orElseGet(() -> Keys.generated(type)));
    }
}
