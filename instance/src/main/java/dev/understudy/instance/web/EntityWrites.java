package dev.understudy.instance.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.instance.configuration.WebConfiguration;
import dev.understudy.instance.query.Shape;
import dev.understudy.instance.write.Ownership;
import dev.understudy.instance.write.Precondition;
import dev.understudy.instance.write.WritePipeline;
import dev.understudy.instance.write.WriteRequest;
import dev.understudy.instance.write.WriteResult;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.regex.Pattern;

/** Turns requests into writes, and their results into answers. */
@Singleton
final class EntityWrites {
    private static final Pattern TRACEPARENT =
            Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private final Catalog catalog;
    private final Ownership ownership;
    private final WritePipeline pipeline;
    private final AddressedWrites addressed;
    private final EntityReads reads;
    private final WebConfiguration limits;

    EntityWrites(
            Catalog catalog,
            Ownership ownership,
            WritePipeline pipeline,
            AddressedWrites addressed,
            EntityReads reads,
            WebConfiguration limits) {
        this.catalog = catalog;
        this.ownership = ownership;
        this.pipeline = pipeline;
        this.addressed = addressed;
        this.reads = reads;
        this.limits = limits;
    }

    MutableHttpResponse<byte[]> create(ApiRequest request, EntityType type) {
        requireOwned(type);
        EntityBody body = body(request, type);
        EntityKey key = body.key().orElseGet(() -> Keys.generated(type));
        EntityId id = new EntityId(type, key);
        return answer(
                request,
                pipeline.write(new WriteRequest.Create(id, body.fields(), traceparent(request))));
    }

    MutableHttpResponse<byte[]> upsert(ApiRequest request, EntityAddress address) {
        requireOwned(address.type());
        EntityBody body = body(request, address.type());
        return write(request, address, body, ETags.precondition(request.headers()));
    }

    MutableHttpResponse<byte[]> delete(ApiRequest request, EntityAddress address) {
        requireOwned(address.type());
        Precondition precondition = ETags.precondition(request.headers());
        return answer(request, addressed.delete(address, precondition, traceparent(request)));
    }

    /** Sets one field of an entity that is there. */
    MutableHttpResponse<byte[]> set(ApiRequest request, EntityAddress address, EntityField field) {
        requireOwned(address.type());
        JsonNode value = json(request).get("value");
        if (value == null) {
            throw ApiException.badRequest("the body is {\"value\": …}");
        }
        return change(request, address, Json.object().<ObjectNode>set(field.name(), value));
    }

    /** Takes one field's value away. */
    MutableHttpResponse<byte[]> clear(
            ApiRequest request, EntityAddress address, EntityField field) {
        requireOwned(address.type());
        return change(request, address, Json.object().putNull(field.name()));
    }

    /** Makes a reference lead to the entity whose URL is in the body. */
    MutableHttpResponse<byte[]> link(
            ApiRequest request, EntityAddress address, EntityField reference) {
        requireOwned(address.type());
        JsonNode url = json(request).get("@odata.id");
        if (url == null) {
            throw ApiException.badRequest("the body is {\"@odata.id\": \"…\"}");
        }
        return change(
                request,
                address,
                Json.object().<ObjectNode>set(reference.navigation() + "@odata.bind", url));
    }

    private MutableHttpResponse<byte[]> change(
            ApiRequest request, EntityAddress address, ObjectNode change) {
        Precondition given = ETags.precondition(request.headers());
        return write(
                request,
                address,
                EntityBody.read(catalog, address.type(), change),
                given instanceof Precondition.None ? new Precondition.MustExist() : given);
    }

    private MutableHttpResponse<byte[]> write(
            ApiRequest request, EntityAddress address, EntityBody body, Precondition precondition) {
        return answer(request, addressed.upsert(address, body, precondition, traceparent(request)));
    }

    private void requireOwned(EntityType type) {
        ownership
                .refusal(type)
                .ifPresent(refusal -> {
                    throw ApiException.of(refusal);
                });
    }

    private EntityBody body(ApiRequest request, EntityType type) {
        return EntityBody.read(catalog, type, json(request));
    }

    private ObjectNode json(ApiRequest request) {
        if (request.headers().value("Content-Type").filter(given -> !isJson(given)).isPresent()) {
            throw new ApiException(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE, "the body is application/json");
        }
        if (request.body().length > limits.maxBodyBytes()) {
            throw new ApiException(
                    ErrorCode.REQUEST_TOO_LARGE,
                    "the body has at most %d bytes".formatted(limits.maxBodyBytes()));
        }
        return Json.read(request.body());
    }

    private MutableHttpResponse<byte[]> answer(ApiRequest request, WriteResult result) {
        return switch (result) {
            case WriteResult.Created(EntityRow row) -> saved(request, row, HttpStatus.CREATED);
            case WriteResult.Updated(EntityRow row) -> saved(request, row, HttpStatus.OK);
            case WriteResult.Deleted _ -> HttpResponse.noContent();
            case WriteResult.Refused(var refusal) -> throw ApiException.of(refusal);
        };
    }

    private MutableHttpResponse<byte[]> saved(
            ApiRequest request, EntityRow row, HttpStatus withBody) {
        String url = request.urls().of(row.id());
        MutableHttpResponse<byte[]> response =
                switch (request.preferences().answer()) {
                    case MINIMAL -> HttpResponse.noContent();
                    case REPRESENTATION ->
                            HttpResponse.<byte[]>status(withBody)
                                    .body(reads.representation(request, row, Shape.WHOLE))
                                    .header("Preference-Applied", "return=representation");
                };
        return response.header("OData-EntityId", url)
                .header("Location", url)
                .header("ETag", ETags.of(row.version()));
    }

    private static boolean isJson(String contentType) {
        return contentType
                .replaceFirst(";.*", "")
                .strip()
                .equalsIgnoreCase(MediaType.APPLICATION_JSON);
    }

    private static Optional<String> traceparent(ApiRequest request) {
        return request.headers()
                .value("traceparent")
                .filter(text -> TRACEPARENT.matcher(text).matches());
    }
}
