package dev.understudy.instance.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.instance.configuration.WebConfiguration;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.EntityStore;
import dev.understudy.store.RecordState;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Answers reads of entities and entity sets. */
@Singleton
final class EntityReads {
    private final EntityStore store;
    private final EntityJson json;
    private final Urls urls;
    private final WebConfiguration limits;

    EntityReads(EntityStore store, EntityJson json, Urls urls, WebConfiguration limits) {
        this.store = store;
        this.json = json;
        this.urls = urls;
        this.limits = limits;
    }

    MutableHttpResponse<byte[]> entity(HttpRequest<?> request, EntityId id) {
        if (request.getUri().getRawQuery() != null) {
            throw ApiException.notImplemented("a query option on one entity");
        }
        EntityRow row =
                store.read(id)
                        .filter(present -> present.state() != RecordState.DELETED)
                        .orElseThrow(() -> notFound(id));
        if (ETags.isCurrent(request.getHeaders(), row.version())) {
            return HttpResponse.<byte[]>status(HttpStatus.NOT_MODIFIED)
                    .header("ETag", ETags.of(row.version()));
        }
        return HttpResponse.ok(representation(request, row))
                .header("ETag", ETags.of(row.version()));
    }

    /** The body that shows one row. */
    byte[] representation(HttpRequest<?> request, EntityRow row) {
        ObjectNode body = Json.object();
        body.put("@odata.context", urls.context(request, row.content().type()) + "/$entity");
        body.setAll(json.of(List.of(row)).getFirst());
        return Json.write(body);
    }

    MutableHttpResponse<byte[]> page(HttpRequest<?> request, EntityType type) {
        PageQuery query = PageQuery.parse(type, request.getUri().getRawQuery());
        OptionalInt preferred = Preferences.of(request.getHeaders()).maxPageSize();
        int pageSize = Math.min(preferred.orElse(limits.pageSize()), limits.maxPageSize());
        int wanted = Math.min(pageSize, query.top().orElse(Integer.MAX_VALUE));
        // One more row than wanted tells whether there is a next page.
        List<EntityRow> rows =
                wanted == 0 ? List.of() : store.page(type, query.after(), wanted + 1);
        List<EntityRow> shown = rows.subList(0, Math.min(wanted, rows.size()));

        ObjectNode body = Json.object();
        body.put("@odata.context", urls.context(request, type));
        ArrayNode value = body.putArray("value");
        json.of(shown).forEach(value::add);
        nextQuery(query, rows, shown)
                .ifPresent(
                        next -> body.put("@odata.nextLink", urls.of(request, type) + "?" + next));
        MutableHttpResponse<byte[]> response = HttpResponse.ok(Json.write(body));
        if (preferred.isPresent()) {
            response.header("Preference-Applied", "odata.maxpagesize=" + pageSize);
        }
        return response;
    }

    private static Optional<String> nextQuery(
            PageQuery query, List<EntityRow> rows, List<EntityRow> shown) {
        boolean enough = query.top().isPresent() && query.top().getAsInt() <= shown.size();
        if (enough || rows.size() == shown.size()) {
            return Optional.empty();
        }
        OptionalInt remaining =
                query.top().isPresent()
                        ? OptionalInt.of(query.top().getAsInt() - shown.size())
                        : OptionalInt.empty();
        return Optional.of(PageQuery.next(remaining, shown.getLast().content().key()));
    }

    private static ApiException notFound(EntityId id) {
        return new ApiException(
                ErrorCode.NOT_FOUND,
                "%s with the key '%s' does not exist".formatted(id.type(), id.key().text()));
    }
}
