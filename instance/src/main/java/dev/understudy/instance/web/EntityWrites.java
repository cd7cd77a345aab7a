package dev.understudy.instance.web;

import dev.understudy.instance.configuration.WebConfiguration;
import dev.understudy.instance.query.Shape;
import dev.understudy.instance.write.Ownership;
import dev.understudy.instance.write.WritePipeline;
import dev.understudy.instance.write.WriteRequest;
import dev.understudy.instance.write.WriteResult;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.KeyType;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Turns requests into writes, and their results into answers. */
@Singleton
final class EntityWrites {
    private static final Pattern TRACEPARENT =
            Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private final Catalog catalog;
    private final Ownership ownership;
    private final WritePipeline pipeline;
    private final EntityReads reads;
    private final WebConfiguration limits;

    EntityWrites(
            Catalog catalog,
            Ownership ownership,
            WritePipeline pipeline,
            EntityReads reads,
            WebConfiguration limits) {
        this.catalog = catalog;
        this.ownership = ownership;
        this.pipeline = pipeline;
        this.reads = reads;
        this.limits = limits;
    }

    MutableHttpResponse<byte[]> create(ApiRequest request, EntityType type) {
        requireOwned(type);
        EntityBody body = body(request, type);
        EntityKey key = body.key().orElseGet(() -> generated(type));
        EntityId id = new EntityId(type, key);
        return answer(request, new WriteRequest.Create(id, body.fields(), traceparent(request)));
    }

    MutableHttpResponse<byte[]> upsert(ApiRequest request, EntityId id) {
        requireOwned(id.type());
        EntityBody body = body(request, id.type());
        if (body.key().filter(key -> !key.equals(id.key())).isPresent()) {
            throw ApiException.invalidKey(
                    "the key in the body, '%s', is not the one in the URL"
                            .formatted(body.key().orElseThrow().text()));
        }
        return answer(
                request,
                new WriteRequest.Upsert(
                        id,
                        body.fields(),
                        ETags.precondition(request.headers()),
                        traceparent(request)));
    }

    MutableHttpResponse<byte[]> delete(ApiRequest request, EntityId id) {
        requireOwned(id.type());
        return answer(
                request,
                new WriteRequest.Delete(
                        id, ETags.precondition(request.headers()), traceparent(request)));
    }

    private void requireOwned(EntityType type) {
        ownership
                .refusal(type)
                .ifPresent(refusal -> {
                    throw ApiException.of(refusal);
                });
    }

    private EntityBody body(ApiRequest request, EntityType type) {
        if (request.headers().value("Content-Type").filter(given -> !isJson(given)).isPresent()) {
            throw new ApiException(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE, "the body is application/json");
        }
        if (request.body().length > limits.maxBodyBytes()) {
            throw new ApiException(
                    ErrorCode.REQUEST_TOO_LARGE,
                    "the body has at most %d bytes".formatted(limits.maxBodyBytes()));
        }
        return EntityBody.read(catalog, type, Json.read(request.body()));
    }

    private MutableHttpResponse<byte[]> answer(ApiRequest request, WriteRequest write) {
        return switch (pipeline.write(write)) {
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

    private static EntityKey generated(EntityType type) {
        if (type.keyType() != KeyType.UUID) {
            throw new ApiException(
                    ErrorCode.MISSING_FIELD, "%s requires %s".formatted(type, type.key().name()));
        }
        return type.keyType().of(UUID.randomUUID());
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
