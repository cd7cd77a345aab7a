package dev.understudy.instance.web;

import dev.understudy.instance.configuration.WebConfiguration;
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
import io.micronaut.http.HttpRequest;
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
    private final Urls urls;
    private final WebConfiguration limits;

    EntityWrites(
            Catalog catalog,
            Ownership ownership,
            WritePipeline pipeline,
            EntityReads reads,
            Urls urls,
            WebConfiguration limits) {
        this.catalog = catalog;
        this.ownership = ownership;
        this.pipeline = pipeline;
        this.reads = reads;
        this.urls = urls;
        this.limits = limits;
    }

    MutableHttpResponse<byte[]> create(HttpRequest<?> request, EntityType type, byte[] bytes) {
        requireOwned(type);
        EntityBody body = body(request, type, bytes);
        EntityKey key = body.key().orElseGet(() -> generated(type));
        EntityId id = new EntityId(type, key);
        return answer(request, new WriteRequest.Create(id, body.fields(), traceparent(request)));
    }

    MutableHttpResponse<byte[]> upsert(HttpRequest<?> request, EntityId id, byte[] bytes) {
        requireOwned(id.type());
        EntityBody body = body(request, id.type(), bytes);
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
                        ETags.precondition(request.getHeaders()),
                        traceparent(request)));
    }

    MutableHttpResponse<byte[]> delete(HttpRequest<?> request, EntityId id) {
        requireOwned(id.type());
        return answer(
                request,
                new WriteRequest.Delete(
                        id, ETags.precondition(request.getHeaders()), traceparent(request)));
    }

    private void requireOwned(EntityType type) {
        ownership
                .refusal(type)
                .ifPresent(refusal -> {
                    throw ApiException.of(refusal);
                });
    }

    private EntityBody body(HttpRequest<?> request, EntityType type, byte[] bytes) {
        if (request.getContentType().filter(given -> !isJson(given)).isPresent()) {
            throw new ApiException(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE, "the body is application/json");
        }
        if (bytes.length > limits.maxBodyBytes()) {
            throw new ApiException(
                    ErrorCode.REQUEST_TOO_LARGE,
                    "the body has at most %d bytes".formatted(limits.maxBodyBytes()));
        }
        return EntityBody.read(catalog, type, Json.read(bytes));
    }

    private MutableHttpResponse<byte[]> answer(HttpRequest<?> request, WriteRequest write) {
        return switch (pipeline.write(write)) {
            case WriteResult.Created(EntityRow row) -> saved(request, row, HttpStatus.CREATED);
            case WriteResult.Updated(EntityRow row) -> saved(request, row, HttpStatus.OK);
            case WriteResult.Deleted _ -> HttpResponse.noContent();
            case WriteResult.Refused(var refusal) -> throw ApiException.of(refusal);
        };
    }

    private MutableHttpResponse<byte[]> saved(
            HttpRequest<?> request, EntityRow row, HttpStatus withBody) {
        String url = urls.of(request, row.id());
        MutableHttpResponse<byte[]> response =
                switch (Preferences.of(request.getHeaders()).answer()) {
                    case MINIMAL -> HttpResponse.noContent();
                    case REPRESENTATION ->
                            HttpResponse.<byte[]>status(withBody)
                                    .body(reads.representation(request, row))
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

    private static boolean isJson(MediaType type) {
        return type.getName().equals(MediaType.APPLICATION_JSON);
    }

    private static Optional<String> traceparent(HttpRequest<?> request) {
        return request.getHeaders()
                .findFirst("traceparent")
                .filter(text -> TRACEPARENT.matcher(text).matches());
    }
}
