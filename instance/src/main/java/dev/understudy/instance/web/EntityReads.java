package dev.understudy.instance.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.instance.configuration.WebConfiguration;
import dev.understudy.instance.query.Shape;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityType;
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
import java.nio.charset.StandardCharsets;
import java.util.List;

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

    MutableHttpResponse<byte[]> entity(ApiRequest request, EntityId id) {
        Shape shape = QueryString.options(request).shape(catalog, id.type(), limits.query());
        EntityRow row = present(id);
        // The tag says nothing about entities that are shown within this one.
        if (shape.expansions().isEmpty() && ETags.isCurrent(request.headers(), row.version())) {
            return HttpResponse.<byte[]>status(HttpStatus.NOT_MODIFIED)
                    .header("ETag", ETags.of(row.version()));
        }
        return HttpResponse.ok(representation(request, row, shape))
                .header("ETag", ETags.of(row.version()));
    }

    /** The entity or placeholder, or the answer that there is none. */
    EntityRow present(EntityId id) {
        return store.read(id)
                .filter(row -> row.state() != RecordState.DELETED)
                .orElseThrow(() -> notFound(id));
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

    private static ApiException notFound(EntityId id) {
        return new ApiException(
                ErrorCode.NOT_FOUND,
                "%s with the key '%s' does not exist".formatted(id.type(), id.key().text()));
    }
}
