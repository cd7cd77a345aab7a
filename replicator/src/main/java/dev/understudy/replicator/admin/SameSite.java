package dev.understudy.replicator.admin;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.net.URI;
import java.util.Set;

/**
 * Lets no web page act that somebody has open on the same machine: a browser says whence a request
 * comes, and asks before it sends JSON to another site, which is not answered.
 */
@ServerFilter("/admin/**")
final class SameSite {
    private static final Set<HttpMethod> READS =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Set<String> OWN = Set.of("same-origin", "none");

    @RequestFilter
    void refuseOthers(HttpRequest<?> request) {
        if (READS.contains(request.getMethod())) {
            return;
        }
        HttpHeaders headers = request.getHeaders();
        boolean own =
                headers.findFirst("Sec-Fetch-Site").map(OWN::contains).orElse(true)
                        && headers.findFirst(HttpHeaders.ORIGIN)
                                .map(origin -> isOf(origin, headers))
                                .orElse(true);
        if (!own) {
            throw new AdminFault(
                    HttpStatus.FORBIDDEN, "ForeignOrigin", "the request comes from another site");
        }
        if (!request.getContentType().map(MediaType.APPLICATION_JSON_TYPE::matches).orElse(false)) {
            throw new AdminFault(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "UnsupportedMediaType",
                    "what acts is sent as application/json, with a body or without");
        }
    }

    private static boolean isOf(String origin, HttpHeaders headers) {
        String host = headers.findFirst(HttpHeaders.HOST).orElse("");
        try {
            return host.equalsIgnoreCase(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
