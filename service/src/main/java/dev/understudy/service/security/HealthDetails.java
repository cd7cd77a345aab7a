package dev.understudy.service.security;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.management.health.indicator.HealthResult;

/**
 * Tells only those who administer all types more than whether a service is up: the details name
 * hosts, users of databases and keys of entities.
 */
@ServerFilter({"/health", "/health/**"})
final class HealthDetails {
    private final Callers callers;

    HealthDetails(Callers callers) {
        this.callers = callers;
    }

    @ResponseFilter
    void leaveOut(HttpRequest<?> request, MutableHttpResponse<?> response) {
        if (response.body() instanceof HealthResult health
                && !callers.grants(request).allowAll(Role.ADMINISTER)) {
            response.body(HealthResult.builder(null, health.getStatus()).build());
        }
    }
}
