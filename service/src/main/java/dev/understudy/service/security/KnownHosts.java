package dev.understudy.service.security;

import dev.understudy.service.Settings;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lets no web page read a service that asks for no tokens by having its own name lead to loopback
 * (DNS rebinding): the browser then asks for the page's name. An address is no such name.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class KnownHosts {
    static final String HOSTS = "understudy.security.hosts";

    private static final Pattern OWN =
            Pattern.compile("(.+\\.)?localhost\\.?|\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");

    private static final Pattern PORT = Pattern.compile(":\\d*$");

    private final boolean anyName;
    private final Set<String> names;

    KnownHosts(Settings settings, SecurityConfiguration security) {
        anyName = security.isOn();
        names =
                settings.list(HOSTS).stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
    }

    @RequestFilter
    @Nullable HttpResponse<?> refuseOthers(HttpRequest<?> request) {
        // Browsers always send one.
        boolean known =
                request.getHeaders().getAll(HttpHeaders.HOST).stream().allMatch(this::isOurs);
        return known
                ? null
                : Refusals.of(
                        HttpStatus.FORBIDDEN,
                        "UnknownHost",
                        "the service is asked for by a name that is not in " + HOSTS);
    }

    boolean isOurs(String host) {
        String name = PORT.matcher(host.strip().toLowerCase(Locale.ROOT)).replaceFirst("");
        return anyName || OWN.matcher(name).matches() || names.contains(name);
    }
}
