package dev.understudy.instance.web;

import dev.understudy.instance.query.QueryOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The query of a URL: names and values, in which a plus sign is a space. */
final class QueryString {
    private QueryString() {}

    static QueryOptions options(ApiRequest request) {
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        for (String parameter : request.query().orElse("").split("&", -1)) {
            if (!parameter.isEmpty()) {
                int equals = parameter.indexOf('=');
                parameters.add(
                        Map.entry(
                                decoded(equals < 0 ? parameter : parameter.substring(0, equals)),
                                decoded(equals < 0 ? "" : parameter.substring(equals + 1))));
            }
        }
        return QueryOptions.of(parameters, type -> Permissions.isReadable(request, type));
    }

    /** A parameter as it stands in a URL. */
    static String encoded(String name, String value) {
        return name + "=" + PercentCode.encode(value);
    }

    private static String decoded(String raw) {
        try {
            return PercentCode.decode(raw.replace("+", "%20"));
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("the query: " + e.getMessage());
        }
    }
}
