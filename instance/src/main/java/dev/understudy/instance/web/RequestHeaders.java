package dev.understudy.instance.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The headers of a request; names in any case. */
final class RequestHeaders {
    private final Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    RequestHeaders(Iterable<Map.Entry<String, List<String>>> headers) {
        headers.forEach(header ->
                values.computeIfAbsent(header.getKey(), _ -> new ArrayList<>())
                        .addAll(header.getValue()));
    }

    static RequestHeaders none() {
        return new RequestHeaders(List.of());
    }

    /** All values of a header, separated by commas; empty if there is none, or nothing in it. */
    Optional<String> value(String name) {
        String all = String.join(",", values.getOrDefault(name, List.of())).strip();
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }
}
