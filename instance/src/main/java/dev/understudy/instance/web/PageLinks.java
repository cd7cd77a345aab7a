package dev.understudy.instance.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.instance.configuration.WebConfiguration;
import dev.understudy.instance.query.QueryOptions;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.query.Place;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The links from a page to the next: the same query, with the place where the page ended. A token
 * belongs to its filter and order, so that nobody goes on in another list by mistake.
 */
@Singleton
final class PageLinks {
    private static final List<String> NOT_KEPT = List.of("$top", "$skip", "$skiptoken");

    private final SkipTokens tokens;
    private final int maxUrlBytes;

    PageLinks(SkipTokens tokens, WebConfiguration limits) {
        this.tokens = tokens;
        this.maxUrlBytes = limits.query().urlBytes();
    }

    String next(
            ApiRequest request,
            EntityType type,
            QueryOptions options,
            OptionalInt remaining,
            Place last) {
        List<String> parameters = new ArrayList<>();
        options.values()
                .forEach((name, value) -> {
                    if (!NOT_KEPT.contains(name)) {
                        parameters.add(QueryString.encoded(name, value));
                    }
                });
        remaining.ifPresent(top -> parameters.add("$top=" + top));
        ObjectNode content = Json.object();
        ArrayNode values = content.putArray("after");
        last.values().forEach(values::add);
        parameters.add("$skiptoken=" + tokens.write(purpose(type, options), content));
        String link = request.urls().of(type) + "?" + String.join("&", parameters);
        if (link.length() > maxUrlBytes) {
            throw new ApiException(
                    ErrorCode.QUERY_TOO_COMPLEX,
                    "the link to the next page would be longer than understudy.web.max-url-bytes:"
                            + " order by shorter fields, or ask for larger pages");
        }
        return link;
    }

    /** Where the page of a link begins. */
    Place place(EntityType type, QueryOptions options, String token) {
        JsonNode content =
                tokens.read(purpose(type, options), token)
                        .orElseThrow(() ->
                                new ApiException(
                                        ErrorCode.INVALID_QUERY,
                                        "$skiptoken is not one of an @odata.nextLink of this query"));
        List<@Nullable String> values = new ArrayList<>();
        content.path("after").forEach(value -> values.add(value.textValue()));
        return Place.behind(values);
    }

    private static String purpose(EntityType type, QueryOptions options) {
        return List.of("$filter", "$orderby").stream()
                .map(name -> options.value(name).orElse(""))
                .collect(Collectors.joining("\n", type.fullName() + "\n", ""));
    }
}
