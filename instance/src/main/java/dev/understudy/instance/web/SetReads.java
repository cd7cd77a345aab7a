package dev.understudy.instance.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.instance.configuration.WebConfiguration;
import dev.understudy.instance.query.Grouping;
import dev.understudy.instance.query.QueryOptions;
import dev.understudy.instance.query.SetQuery;
import dev.understudy.schemas.codec.JsonValues;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.query.EntityQueries;
import dev.understudy.store.query.EntityQuery;
import dev.understudy.store.query.GroupQuery;
import dev.understudy.store.query.Operand;
import dev.understudy.store.query.Place;
import dev.understudy.store.query.QueryPage;
import dev.understudy.store.query.RowGroup;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Answers reads of entity sets: pages of entities, or of groups of them. */
@Singleton
final class SetReads {
    private final Catalog catalog;
    private final EntityQueries queries;
    private final EntityJson json;
    private final PageLinks links;
    private final ChangeReads changes;
    private final WebConfiguration limits;

    SetReads(
            Catalog catalog,
            EntityQueries queries,
            EntityJson json,
            PageLinks links,
            ChangeReads changes,
            WebConfiguration limits) {
        this.catalog = catalog;
        this.queries = queries;
        this.json = json;
        this.links = links;
        this.changes = changes;
        this.limits = limits;
    }

    MutableHttpResponse<byte[]> read(ApiRequest request, EntityType type) {
        QueryOptions options = QueryString.options(request);
        if (request.preferences().trackChanges() || options.value(ChangeReads.TOKEN).isPresent()) {
            return changes.read(request, type, options);
        }
        SetQuery query = options.query(catalog, type, limits.query());
        return query.grouping().isPresent()
                ? groups(request, type, query.grouping().get(), query.paging().top())
                : page(request, type, options, query);
    }

    private MutableHttpResponse<byte[]> page(
            ApiRequest request, EntityType type, QueryOptions options, SetQuery query) {
        SetQuery.Paging paging = query.paging();
        OptionalInt preferred = request.preferences().maxPageSize();
        int pageSize = Math.min(preferred.orElse(limits.pageSize()), limits.maxPageSize());
        int wanted = Math.min(pageSize, paging.top().orElse(Integer.MAX_VALUE));
        Optional<Place> after = paging.skipToken().map(token -> links.place(type, options, token));

        ObjectNode body = Json.object();
        body.put("@odata.context", request.urls().context(type, query.shape()));
        if (paging.count()) {
            body.put("@odata.count", queries.count(type, query.filter()));
        }
        QueryPage page =
                wanted == 0
                        ? new QueryPage(List.of(), Optional.empty())
                        : queries.page(
                                new EntityQuery(
                                        type,
                                        query.filter(),
                                        query.order(),
                                        after,
                                        paging.skip(),
                                        wanted));
        ArrayNode value = body.putArray("value");
        json.of(page.rows(), query.shape()).forEach(value::add);
        OptionalInt remaining =
                paging.top().isPresent()
                        ? OptionalInt.of(paging.top().getAsInt() - page.rows().size())
                        : OptionalInt.empty();
        page.last()
                .filter(_ -> remaining.isEmpty() || remaining.getAsInt() > 0)
                .ifPresent(last ->
                        body.put(
                                "@odata.nextLink",
                                links.next(request, type, options, remaining, last)));
        MutableHttpResponse<byte[]> response = HttpResponse.ok(Json.write(body));
        if (preferred.isPresent()) {
            response.header("Preference-Applied", "odata.maxpagesize=" + pageSize);
        }
        return response;
    }

    private MutableHttpResponse<byte[]> groups(
            ApiRequest request, EntityType type, Grouping grouping, OptionalInt top) {
        int limit = Math.min(top.orElse(Integer.MAX_VALUE), limits.maxPageSize());
        List<RowGroup> groups =
                queries.groups(
                        new GroupQuery(
                                type,
                                grouping.filter(),
                                grouping.by(),
                                grouping.order(),
                                // One more than may be shown tells that they are too many.
                                limit + 1));
        if (groups.size() > limit && top.orElse(Integer.MAX_VALUE) > limit) {
            throw new ApiException(
                    ErrorCode.QUERY_TOO_COMPLEX,
                    "there are more than %d groups: filter, or ask for $top".formatted(limit));
        }
        ObjectNode body = Json.object();
        body.put("@odata.context", request.urls().metadata() + "#" + type.entitySet());
        ArrayNode value = body.putArray("value");
        groups.stream().limit(limit).map(group -> object(grouping, group)).forEach(value::add);
        return HttpResponse.ok(Json.write(body));
    }

    private static ObjectNode object(Grouping grouping, RowGroup group) {
        ObjectNode object = Json.object();
        for (Operand.Stored operand : grouping.by()) {
            ObjectNode at = object;
            for (EntityField reference : operand.through()) {
                at = at.withObject(reference.navigation());
            }
            Object value = group.values().get(grouping.by().indexOf(operand));
            if (value == null) {
                at.putNull(operand.field().name());
            } else {
                at.set(operand.field().name(), JsonValues.toJson(operand.field(), value));
            }
        }
        grouping.count().ifPresent(name -> object.put(name, group.count()));
        return object;
    }
}
