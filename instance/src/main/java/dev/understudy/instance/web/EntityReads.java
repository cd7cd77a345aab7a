package dev.understudy.instance.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.instance.configuration.WebConfiguration;
import dev.understudy.instance.query.Shape;
import dev.understudy.schemas.codec.JsonValues;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.AlternateId;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.EntityStore;
import dev.understudy.store.RecordState;
import dev.understudy.store.query.EntityQueries;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Answers reads of one entity, and of how many there are. */
@Singleton
final class EntityReads {
    private final Catalog catalog;
    private final EntityStore store;
    private final EntityQueries queries;
    private final EntityJson json;
    private final WebConfiguration limits;

    EntityReads(
            Catalog catalog,
            EntityStore store,
            EntityQueries queries,
            EntityJson json,
            WebConfiguration limits) {
        this.catalog = catalog;
        this.store = store;
        this.queries = queries;
        this.json = json;
        this.limits = limits;
    }

    MutableHttpResponse<byte[]> entity(ApiRequest request, EntityAddress address) {
        Shape shape = QueryString.options(request).shape(catalog, address.type(), limits.query());
        return entity(request, shape, present(address));
    }

    private MutableHttpResponse<byte[]> entity(ApiRequest request, Shape shape, EntityRow row) {
        ETags.requireMatch(request.headers(), row.version());
        // The tag says nothing about entities that are shown within this one.
        if (shape.expansions().isEmpty() && ETags.isCurrent(request.headers(), row.version())) {
            return HttpResponse.<byte[]>status(HttpStatus.NOT_MODIFIED)
                    .header("ETag", ETags.of(row.version()));
        }
        return HttpResponse.ok(representation(request, row, shape))
                .header("ETag", ETags.of(row.version()));
    }

    /** The entity that a reference leads to; nothing if it leads nowhere, or to a deleted one. */
    MutableHttpResponse<byte[]> referred(
            ApiRequest request, EntityAddress address, EntityField reference) {
        EntityType target = catalog.target(reference);
        Shape shape = QueryString.options(request).shape(catalog, target, limits.query());
        EntityKey key = present(address).content().reference(reference);
        return key == null
                ? HttpResponse.noContent()
                : store.read(new EntityId(target, key))
                        .filter(row -> row.state() != RecordState.DELETED)
                        .map(row -> entity(request, shape, row))
                        .orElseGet(HttpResponse::noContent);
    }

    MutableHttpResponse<byte[]> link(
            ApiRequest request, EntityAddress address, EntityField reference) {
        QueryString.options(request).requireNone();
        EntityKey key = present(address).content().reference(reference);
        if (key == null) {
            return HttpResponse.noContent();
        }
        ObjectNode body = Json.object();
        body.put("@odata.context", request.urls().metadata() + "#$ref");
        body.put("@odata.id", request.urls().of(new EntityId(catalog.target(reference), key)));
        return HttpResponse.ok(Json.write(body));
    }

    MutableHttpResponse<byte[]> property(
            ApiRequest request, EntityAddress address, EntityField field) {
        QueryString.options(request).requireNone();
        EntityRow row = present(address);
        Object value = row.content().value(field);
        if (value == null) {
            return HttpResponse.noContent();
        }
        ObjectNode body = Json.object();
        String entity = request.urls().of(row.id()).substring(request.urls().base().length());
        body.put(
                "@odata.context",
                "%s#%s/%s".formatted(request.urls().metadata(), entity, field.name()));
        body.set("value", JsonValues.toJson(field, value));
        return HttpResponse.ok(Json.write(body));
    }

    MutableHttpResponse<byte[]> rawValue(
            ApiRequest request, EntityAddress address, EntityField field) {
        QueryString.options(request).requireNone();
        Object value = present(address).content().value(field);
        if (value == null) {
            return HttpResponse.noContent();
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return HttpResponse.ok(bytes).contentType(MediaType.APPLICATION_OCTET_STREAM_TYPE);
        }
        JsonNode json = JsonValues.toJson(field, value);
        String text =
                value instanceof BigDecimal number
                        ? number.toPlainString()
                        : json.isValueNode() ? json.asText() : json.toString();
        return HttpResponse.ok(text.getBytes(StandardCharsets.UTF_8))
                .contentType(MediaType.of("text/plain;charset=utf-8"));
    }

    /** The entity or placeholder, or the answer that there is none. */
    private EntityRow present(EntityAddress address) {
        return switch (address) {
            case EntityAddress.ByKey(EntityId id) ->
                    present(store.read(id), id.type(), "the key '%s'".formatted(id.key().text()));
            case EntityAddress.ByAlternateKey(AlternateId id) ->
                    present(store.find(id), id.type(), "the alternate key of " + id);
        };
    }

    private static EntityRow present(Optional<EntityRow> row, EntityType type, String named) {
        return row.filter(found -> found.state() != RecordState.DELETED)
                .orElseThrow(() ->
                        new ApiException(
                                ErrorCode.NOT_FOUND,
                                "%s with %s does not exist".formatted(type, named)));
    }

    /** The body that shows one row. */
    byte[] representation(ApiRequest request, EntityRow row, Shape shape) {
        ObjectNode body = Json.object();
        body.put(
                "@odata.context", request.urls().context(row.content().type(), shape) + "/$entity");
        body.setAll(json.of(List.of(row), shape).getFirst());
        return Json.write(body);
    }

    MutableHttpResponse<byte[]> count(ApiRequest request, EntityType type) {
        long count =
                queries.count(
                        type, QueryString.options(request).filter(catalog, type, limits.query()));
        return HttpResponse.ok(Long.toString(count).getBytes(StandardCharsets.US_ASCII))
                .contentType(MediaType.TEXT_PLAIN_TYPE);
    }
}
