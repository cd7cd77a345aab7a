package dev.understudy.instance.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.instance.configuration.WebConfiguration;
import dev.understudy.instance.write.Ownership;
import dev.understudy.instance.write.Precondition;
import dev.understudy.instance.write.WriteRequest;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityId;
import io.micronaut.http.MediaType;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads from requests what they want written, or why it cannot be. */
@Singleton
final class WritePlans {
    private static final Pattern TRACEPARENT =
            Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private final Catalog catalog;
    private final Ownership ownership;
    private final AddressedWrites addressed;
    private final WebConfiguration limits;

    WritePlans(
            Catalog catalog,
            Ownership ownership,
            AddressedWrites addressed,
            WebConfiguration limits) {
        this.catalog = catalog;
        this.ownership = ownership;
        this.addressed = addressed;
        this.limits = limits;
    }

    /** What a request to this path means; empty if the path has no such write. */
    Optional<PlannedWrite> plan(ApiRequest request, ResourcePath path) {
        return Optional.ofNullable(
                switch (path) {
                    case ResourcePath.EntitySet(var type) when is(request, "POST") ->
                            create(request, type);
                    case ResourcePath.Entity(var address) when is(request, "PATCH") ->
                            upsert(request, address);
                    case ResourcePath.Entity(var address) when is(request, "DELETE") ->
                            delete(request, address);
                    case ResourcePath.Property(var address, var field) when is(request, "PUT") ->
                            set(request, address, field);
                    case ResourcePath.Property(var address, var field) when is(request, "DELETE") ->
                            clear(request, address, field);
                    case ResourcePath.Link(var address, var field) when is(request, "PUT") ->
                            link(request, address, field);
                    case ResourcePath.Link(var address, var field) when is(request, "DELETE") ->
                            clear(request, address, field);
                    default -> null;
                });
    }

    /** The object in the body. */
    ObjectNode json(ApiRequest request, int maxBytes) {
        if (request.headers().value("Content-Type").filter(given -> !isJson(given)).isPresent()) {
            throw new ApiException(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE, "the body is application/json");
        }
        if (request.body().length > maxBytes) {
            throw new ApiException(
                    ErrorCode.REQUEST_TOO_LARGE,
                    "the body has at most %d bytes".formatted(maxBytes));
        }
        return Json.read(request.body());
    }

    /** Refuses a write that its caller may not do, or nobody here. */
    void requireWritable(ApiRequest request, EntityType type) {
        Permissions.requireWritable(request, type);
        ownership
                .refusal(type)
                .ifPresent(refusal -> {
                    throw ApiException.of(refusal);
                });
    }

    static Optional<String> traceparent(ApiRequest request) {
        return request.headers()
                .value("traceparent")
                .filter(text -> TRACEPARENT.matcher(text).matches());
    }

    private PlannedWrite create(ApiRequest request, EntityType type) {
        requireWritable(request, type);
        EntityBody body = body(request, type);
        EntityId id = new EntityId(type, body.key().orElseGet(() -> Keys.generated(type)));
        return PlannedWrite.of(new WriteRequest.Create(id, body.fields(), traceparent(request)));
    }

    private PlannedWrite upsert(ApiRequest request, EntityAddress address) {
        requireWritable(request, address.type());
        return addressed.upsert(
                address,
                body(request, address.type()),
                ETags.precondition(request.headers()),
                traceparent(request));
    }

    private PlannedWrite delete(ApiRequest request, EntityAddress address) {
        requireWritable(request, address.type());
        return addressed.delete(
                address, ETags.precondition(request.headers()), traceparent(request));
    }

    private PlannedWrite set(ApiRequest request, EntityAddress address, EntityField field) {
        requireWritable(request, address.type());
        JsonNode value = json(request, limits.maxBodyBytes()).get("value");
        if (value == null) {
            throw ApiException.badRequest("the body is {\"value\": …}");
        }
        return change(request, address, Json.object().<ObjectNode>set(field.name(), value));
    }

    private PlannedWrite clear(ApiRequest request, EntityAddress address, EntityField field) {
        requireWritable(request, address.type());
        return change(request, address, Json.object().putNull(field.name()));
    }

    private PlannedWrite link(ApiRequest request, EntityAddress address, EntityField reference) {
        requireWritable(request, address.type());
        JsonNode url = json(request, limits.maxBodyBytes()).get("@odata.id");
        if (url == null) {
            throw ApiException.badRequest("the body is {\"@odata.id\": \"…\"}");
        }
        return change(
                request,
                address,
                Json.object().<ObjectNode>set(reference.navigation() + "@odata.bind", url));
    }

    /** Of an entity that is there. */
    private PlannedWrite change(ApiRequest request, EntityAddress address, ObjectNode change) {
        Precondition given = ETags.precondition(request.headers());
        return addressed.upsert(
                address,
                EntityBody.read(catalog, address.type(), change),
                given instanceof Precondition.None ? new Precondition.MustExist() : given,
                traceparent(request));
    }

    private EntityBody body(ApiRequest request, EntityType type) {
        return EntityBody.read(catalog, type, json(request, limits.maxBodyBytes()));
    }

    private static boolean is(ApiRequest request, String method) {
        return request.method().equals(method);
    }

    private static boolean isJson(String contentType) {
        return contentType
                .replaceFirst(";.*", "")
                .strip()
                .equalsIgnoreCase(MediaType.APPLICATION_JSON);
    }
}
