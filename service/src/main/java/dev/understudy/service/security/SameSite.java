package dev.understudy.service.security;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.exceptions.HttpStatusException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets no web page act that somebody has open on the same machine: a browser says whence a request
 * comes, and asks before it sends another site what no form could send, which is not answered.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class SameSite {
    private static final Set<HttpMethod> READS =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Set<String> OWN = Set.of("same-origin", "none");

    /** What a page may post without being allowed to is of other types, or of none. */
    private static final Set<String> TYPES = Set.of("application/json", "multipart/mixed");

    @RequestFilter
    @Nullable HttpResponse<?> refuseOthers(HttpRequest<?> request) {
        if (READS.contains(request.getMethod())) {
            return null;
        }
        HttpHeaders headers = request.getHeaders();
        boolean own =
                headers.findFirst("Sec-Fetch-Site").map(OWN::contains).orElse(true)
                        && headers.findFirst(HttpHeaders.ORIGIN)
                                .map(origin -> isOf(origin, headers))
                                .orElse(true);
        if (!own) {
            return Refusals.of(
                    HttpStatus.FORBIDDEN, "ForeignOrigin", "the request comes from another site");
        }
        if (request.getMethod() == HttpMethod.POST && !TYPES.contains(type(headers))) {
            throw new HttpStatusException(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "what acts is sent as application/json, with a body or without, or as a batch");
        }
        return null;
    }

    private static String type(HttpHeaders headers) {
        return headers.findFirst(HttpHeaders.CONTENT_TYPE)
                .orElse("")
                .replaceFirst(";.*", "")
                .strip()
                .toLowerCase(Locale.ROOT);
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
