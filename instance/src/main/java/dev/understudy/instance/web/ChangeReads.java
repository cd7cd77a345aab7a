package dev.understudy.instance.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.instance.configuration.WebConfiguration;
import dev.understudy.instance.query.QueryOptions;
import dev.understudy.instance.query.Shape;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityRow;
import dev.understudy.store.EntityStore;
import dev.understudy.store.RecordState;
import dev.understudy.store.query.EntityChanges;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Answers reads of sets whose changes are tracked: all entities, then by the link at the end what
 * has changed since, and so on. Whatever changes while pages are read is told by the next link.
 */
@Singleton
final class ChangeReads {
    static final String TOKEN = "$deltatoken";

    private final Catalog catalog;
    private final EntityStore store;
    private final EntityChanges changes;
    private final EntityJson json;
    private final SkipTokens tokens;
    private final WebConfiguration limits;

    ChangeReads(
            Catalog catalog,
            EntityStore store,
            EntityChanges changes,
            EntityJson json,
            SkipTokens tokens,
            WebConfiguration limits) {
        this.catalog = catalog;
        this.store = store;
        this.changes = changes;
        this.json = json;
        this.tokens = tokens;
        this.limits = limits;
    }

    /**
     * Where a read stands.
     *
     * @param since the mark whose changes are told; empty if all entities are
     * @param mark the next link's: from before the first page
     */
    private record Round(OptionalLong since, long mark, Optional<EntityKey> after) {}

    MutableHttpResponse<byte[]> read(ApiRequest request, EntityType type, QueryOptions options) {
        Shape shape = options.tracked(catalog, type, limits.query());
        Round round =
                options.value(TOKEN)
                        .map(token -> round(type, options, token))
                        .orElseGet(() ->
                                new Round(OptionalLong.empty(), changes.mark(), Optional.empty()));
        int size =
                Math.min(
                        request.preferences().maxPageSize().orElse(limits.pageSize()),
                        limits.maxPageSize());
        // One more row than wanted tells whether there is a next page.
        List<EntityRow> rows = rows(type, round, size + 1);
        List<EntityRow> shown = rows.subList(0, Math.min(size, rows.size()));

        ObjectNode body = Json.object();
        body.put(
                "@odata.context",
                request.urls().context(type, shape) + (round.since().isPresent() ? "/$delta" : ""));
        show(request, type, shape, shown, body.putArray("value"));
        if (rows.size() > shown.size()) {
            Round next =
                    new Round(
                            round.since(),
                            round.mark(),
                            Optional.of(shown.getLast().content().key()));
            body.put("@odata.nextLink", link(request, type, options, next));
        } else {
            Round next = new Round(OptionalLong.of(round.mark()), round.mark(), Optional.empty());
            body.put("@odata.deltaLink", link(request, type, options, next));
        }
        return HttpResponse.ok(Json.write(body))
                .header("Preference-Applied", "odata.track-changes");
    }

    private List<EntityRow> rows(EntityType type, Round round, int limit) {
        if (round.since().isEmpty()) {
            return store.page(type, round.after(), limit);
        }
        return changes.since(round.since().getAsLong(), type, round.after(), limit)
                .orElseThrow(() ->
                        new ApiException(
                                ErrorCode.DELTA_TOO_OLD,
                                "what has changed since then cannot be told any more; read the set"
                                        + " again"));
    }

    private void show(
            ApiRequest request,
            EntityType type,
            Shape shape,
            List<EntityRow> rows,
            ArrayNode value) {
        List<EntityRow> present = rows.stream().filter(ChangeReads::isPresent).toList();
        List<ObjectNode> objects = new ArrayList<>(json.of(present, shape));
        for (EntityRow row : rows) {
            if (isPresent(row)) {
                value.add(objects.removeFirst());
            } else {
                value.addObject()
                        .put(
                                "@odata.context",
                                "%s#%s/$deletedEntity"
                                        .formatted(request.urls().metadata(), type.entitySet()))
                        .put("id", row.content().key().text())
                        .put("reason", "deleted");
            }
        }
    }

    private static boolean isPresent(EntityRow row) {
        return row.state() == RecordState.HYDRATED || row.state() == RecordState.PLACEHOLDER;
    }

    private String link(ApiRequest request, EntityType type, QueryOptions options, Round round) {
        ObjectNode content = Json.object();
        round.since().ifPresent(since -> content.put("since", since));
        content.put("mark", round.mark());
        round.after().ifPresent(after -> content.put("after", after.text()));
        String select =
                options.value("$select")
                        .map(text -> QueryString.encoded("$select", text) + "&")
                        .orElse("");
        return "%s?%s%s=%s"
                .formatted(
                        request.urls().of(type),
                        select,
                        TOKEN,
                        tokens.write(purpose(type, options), content));
    }

    private Round round(EntityType type, QueryOptions options, String token) {
        JsonNode content =
                tokens.read(purpose(type, options), token)
                        .orElseThrow(() ->
                                new ApiException(
                                        ErrorCode.INVALID_QUERY,
                                        "$deltatoken is not one of a link of this set"));
        boolean first = !content.has("after");
        JsonNode since = content.path("since");
        return new Round(
                since.isMissingNode() ? OptionalLong.empty() : OptionalLong.of(since.longValue()),
                // A link may be followed long after it was made: from its first page on counts.
                first ? changes.mark() : content.path("mark").longValue(),
                first
                        ? Optional.empty()
                        : Optional.of(type.keyType().parse(content.path("after").textValue())));
    }

    private static String purpose(EntityType type, QueryOptions options) {
        return "changes\n" + type.fullName() + "\n" + options.value("$select").orElse("");
    }
}
