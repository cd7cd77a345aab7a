package dev.understudy.instance.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.instance.configuration.WebConfiguration;
import dev.understudy.instance.write.BatchResult;
import dev.understudy.instance.write.BatchWrites;
import dev.understudy.instance.write.Precondition;
import dev.understudy.instance.write.Refusal;
import dev.understudy.instance.write.WriteRequest;
import dev.understudy.instance.write.WriteResult;
import dev.understudy.schemas.codec.JsonValues;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes many entities of one set in one transaction: {@code {"Targets": […]}}. A target is named
 * by its key among its fields, or by {@code @odata.id}, which may have an alternate key.
 */
@Singleton
final class BulkWrites {
    private final Catalog catalog;
    private final WritePlans plans;
    private final AddressedWrites addressed;
    private final BatchWrites batches;
    private final WebConfiguration limits;

    BulkWrites(
            Catalog catalog,
            WritePlans plans,
            AddressedWrites addressed,
            BatchWrites batches,
            WebConfiguration limits) {
        this.catalog = catalog;
        this.plans = plans;
        this.addressed = addressed;
        this.batches = batches;
        this.limits = limits;
    }

    MutableHttpResponse<byte[]> write(ApiRequest request, EntityType type, BulkAction action) {
        plans.requireWritable(request, type);
        JsonNode targets = plans.json(request, limits.batch().maxBytes()).path("Targets");
        if (!targets.isArray() || targets.isEmpty()) {
            throw ApiException.badRequest("the body is {\"Targets\": [{…}, …]}");
        }
        if (targets.size() > limits.batch().maxRequests()) {
            throw new ApiException(
                    ErrorCode.BATCH_TOO_LARGE,
                    "at most %d targets are written at once"
                            .formatted(limits.batch().maxRequests()));
        }
        Optional<String> traceparent = WritePlans.traceparent(request);
        List<PlannedWrite> planned = new ArrayList<>();
        for (JsonNode target : targets) {
            planned.add(plan(type, action, target, planned.size(), traceparent));
        }
        return switch (addressed.write(planned, batches::atOnce)) {
            case BatchResult.Committed(List<WriteResult> results) ->
                    action == BulkAction.CREATE
                            ? HttpResponse.ok(ids(request, type, results))
                            : HttpResponse.noContent();
            case BatchResult.Refused(int index, Refusal refusal) ->
                    throw at(index, ApiException.of(refusal));
        };
    }

    private PlannedWrite plan(
            EntityType type,
            BulkAction action,
            JsonNode target,
            int index,
            Optional<String> traceparent) {
        try {
            if (!(target instanceof ObjectNode object)) {
                throw ApiException.badRequest("it is not an object");
            }
            EntityBody body = EntityBody.read(catalog, type, object);
            if (action == BulkAction.CREATE) {
                EntityId id = new EntityId(type, body.key().orElseGet(() -> Keys.generated(type)));
                return PlannedWrite.of(new WriteRequest.Create(id, body.fields(), traceparent));
            }
            return addressed.upsert(
                    address(type, object, body),
                    body,
                    action == BulkAction.UPDATE
                            ? new Precondition.MustExist()
                            : new Precondition.None(),
                    traceparent);
        } catch (ApiException e) {
            throw at(index, e);
        }
    }

    private EntityAddress address(EntityType type, ObjectNode target, EntityBody body) {
        JsonNode url = target.path("@odata.id");
        if (url.isTextual()) {
            ResourcePath path = ResourcePath.parse(catalog, EntityBody.relative(url.textValue()));
            if (path instanceof ResourcePath.Entity(var address) && address.type().equals(type)) {
                return address;
            }
            throw ApiException.invalidKey("@odata.id is not one of " + type.entitySet());
        }
        return new EntityAddress.ByKey(
                new EntityId(
                        type,
                        body.key()
                                .orElseThrow(() ->
                                        new ApiException(
                                                ErrorCode.MISSING_FIELD,
                                                "it has neither %s nor @odata.id"
                                                        .formatted(type.key().name())))));
    }

    private static byte[] ids(ApiRequest request, EntityType type, List<WriteResult> results) {
        ObjectNode body = Json.object();
        body.put("@odata.context", request.urls().metadata() + "#Edm.String");
        ArrayNode ids = body.putArray("Ids");
        for (WriteResult result : results) {
            if (result instanceof WriteResult.Created(EntityRow row)) {
                ids.add(JsonValues.toJson(type.key(), row.id().key().value()));
            }
        }
        return Json.write(body);
    }

    private static ApiException at(int index, ApiException refused) {
        return refused.about("Targets[%d]: %s".formatted(index, refused.message()));
    }
}
