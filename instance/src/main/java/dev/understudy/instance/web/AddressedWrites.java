package dev.understudy.instance.web;

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
 * Writes of the entity that a URL names. By an alternate key it is looked up first, and again if it
 * lost the key, or somebody else took it, meanwhile.
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

    WriteResult upsert(
            EntityAddress address,
            EntityBody body,
            Precondition precondition,
            Optional<String> traceparent) {
        return switch (address) {
            case EntityAddress.ByKey(EntityId id) -> {
                requireSameKey(id, body);
                yield pipeline.write(
                        new WriteRequest.Upsert(id, body.fields(), precondition, traceparent));
            }
            case EntityAddress.ByAlternateKey(AlternateId id) -> {
                List<GivenField> given = withKey(id, body);
                yield attempted(
                        id,
                        holder ->
                                new WriteRequest.Upsert(
                                        holder.orElseGet(() -> fresh(id.type(), body)),
                                        given,
                                        holder.<Precondition>map(_ ->
                                                        new Precondition.Holds(id, precondition))
                                                .orElse(precondition),
                                        traceparent));
            }
        };
    }

    WriteResult delete(
            EntityAddress address, Precondition precondition, Optional<String> traceparent) {
        return switch (address) {
            case EntityAddress.ByKey(EntityId id) ->
                    pipeline.write(new WriteRequest.Delete(id, precondition, traceparent));
            case EntityAddress.ByAlternateKey(AlternateId id) ->
                    attempted(
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

    /** The write of who has the key now; again if that has changed by the time of the write. */
    private WriteResult attempted(
            AlternateId id, Function<Optional<EntityId>, WriteRequest> request) {
        WriteResult result = pipeline.write(request.apply(holder(id)));
        for (int attempt = 1; attempt < ATTEMPTS && isOvertaken(result); attempt++) {
            result = pipeline.write(request.apply(holder(id)));
        }
        return result;
    }

    private Optional<EntityId> holder(AlternateId id) {
        return store.find(id).filter(row -> row.state() == RecordState.HYDRATED).map(EntityRow::id);
    }

    private static boolean isOvertaken(WriteResult result) {
        return result instanceof WriteResult.Refused(Refusal refusal)
                && (refusal.reason() == Refusal.Reason.KEY_MOVED
                        || refusal.reason() == Refusal.Reason.ALREADY_EXISTS);
    }

    private static void requireSameKey(EntityId id, EntityBody body) {
        if (body.key().filter(key -> !key.equals(id.key())).isPresent()) {
            throw ApiException.invalidKey(
                    "the key in the body, '%s', is not the one in the URL"
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
