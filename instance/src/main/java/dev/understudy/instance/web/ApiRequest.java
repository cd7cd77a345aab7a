package dev.understudy.instance.web;

import dev.understudy.service.security.Grants;
import io.micronaut.http.HttpRequest;
import java.util.Optional;

/** A request to the API, alone or in a batch. */
final class ApiRequest {
    private final String method;
    private final String path;
    private final Optional<String> query;
    private final RequestHeaders headers;
    private final byte[] body;
    private final Urls urls;
    private final Grants grants;

    /**
     * A request that did not come by itself.
     *
     * @param target relative to the API's base: path and perhaps query, percent-encoded
     * @param base the request that it came with
     */
    ApiRequest(String method, String target, RequestHeaders headers, byte[] body, ApiRequest base) {
        this(method, target, headers, body, base.urls, base.grants);
    }

    ApiRequest(
            String method,
            String target,
            RequestHeaders headers,
            byte[] body,
            Urls urls,
            Grants grants) {
        this.method = method;
        int mark = target.indexOf('?');
        this.path = mark < 0 ? target : target.substring(0, mark);
        this.query = mark < 0 ? Optional.empty() : Optional.of(target.substring(mark + 1));
        this.headers = headers;
        this.body = body.clone();
        this.urls = urls;
        this.grants = grants;
    }

    /**
     * A request as the server has it.
     *
     * @param urls of the API, as the caller reaches it
     * @param grants what the caller may do
     */
    static ApiRequest of(HttpRequest<?> request, byte[] body, Urls urls, Grants grants) {
        String raw = request.getUri().getRawPath();
        String path = raw.substring(raw.indexOf(ApiController.BASE) + ApiController.BASE.length());
        String query = request.getUri().getRawQuery();
        return new ApiRequest(
                request.getMethodName(),
                (path.startsWith("/") ? path.substring(1) : path)
                        + (query == null ? "" : "?" + query),
                new RequestHeaders(request.getHeaders()),
                body,
                urls,
                grants);
    }

    String method() {
        return method;
    }

    /** Relative to the API's base, percent-encoded as it came. */
    String path() {
        return path;
    }

    /** Percent-encoded as it came. */
    Optional<String> query() {
        return query;
    }

    RequestHeaders headers() {
        return headers;
    }

    /** Empty if there is none. */
    byte[] body() {
        return body.clone();
    }

    Urls urls() {
        return urls;
    }

    Grants grants() {
        return grants;
    }

    Preferences preferences() {
        return Preferences.of(headers);
    }
}
