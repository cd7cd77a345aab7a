package dev.understudy.service.security;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.web.router.RouteAttributes;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets no request pass without a token that grants a role which its handler {@link Admits}, apart
 * from {@code /health}, where a token only tells who asks.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Requires(condition = SecurityIsOn.class)
final class TokenFilter {
    private static final Logger LOG = LoggerFactory.getLogger(TokenFilter.class);
    private static final String SCHEME = "Bearer ";
    private static final Set<String> HEALTH =
            Set.of("/health", "/health/liveness", "/health/readiness");

    private final SecurityConfiguration security;
    private final Tokens tokens;
    private final Seldom warnings = new Seldom(Duration.ofSeconds(30));

    TokenFilter(SecurityConfiguration security) {
        this.security = security;
        this.tokens = new Tokens(security);
    }

    @RequestFilter
    @ExecuteOn(TaskExecutors.BLOCKING)
    @Nullable HttpResponse<?> check(HttpRequest<?> request) {
        Optional<String> given = token(request);
        if (isOpen(request.getPath())) {
            given.flatMap(this::believed).ifPresent(grants -> Callers.remember(request, grants));
            return null;
        }
        if (given.isEmpty()) {
            return unauthenticated("a bearer token is needed", "");
        }
        try {
            Grants grants = tokens.grants(given.get());
            if (!isAdmitted(request, grants)) {
                return Refusals.of(
                        HttpStatus.FORBIDDEN, "Forbidden", "the token does not grant this");
            }
            Callers.remember(request, grants);
            return null;
        } catch (InvalidTokenException e) {
            return unauthenticated(
                    "the token is not accepted: " + e.getMessage(), ", error=\"invalid_token\"");
        } catch (KeysUnavailableException e) {
            if (warnings.isTime()) {
                LOG.warn("Tokens cannot be checked: {}", String.valueOf(e.getCause()));
            }
            return Refusals.of(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "KeysUnavailable",
                            "the keys of the tokens' issuer are not available; try again")
                    .header(HttpHeaders.RETRY_AFTER, "1");
        }
    }

    private boolean isOpen(String path) {
        return HEALTH.contains(path)
                || (path.equals("/metrics")
                        && security.metrics() == SecurityConfiguration.Metrics.OPEN);
    }

    /** What a token grants where none is needed, and one that is not believed does no harm. */
    private Optional<Grants> believed(String token) {
        try {
            return Optional.of(tokens.grants(token));
        } catch (InvalidTokenException | KeysUnavailableException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> token(HttpRequest<?> request) {
        return request.getHeaders()
                .findFirst(HttpHeaders.AUTHORIZATION)
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(header -> header.substring(SCHEME.length()).strip())
                .filter(token -> !token.isEmpty());
    }

    private static boolean isAdmitted(HttpRequest<?> request, Grants grants) {
        Role[] admitted =
                RouteAttributes.getRouteMatch(request)
                        .map(route ->
                                route.getRouteInfo()
                                        .getAnnotationMetadata()
                                        .enumValues(Admits.class, Role.class))
                        .orElse(new Role[0]);
        return admitted.length == 0
                ? grants.allowAll(Role.ADMINISTER)
                : Arrays.stream(admitted).anyMatch(grants::allowAny);
    }

    private static MutableHttpResponse<byte[]> unauthenticated(String message, String error) {
        return Refusals.of(HttpStatus.UNAUTHORIZED, "Unauthenticated", message)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"understudy\"" + error);
    }
}
