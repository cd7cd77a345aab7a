package dev.understudy.instance.web;

import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityId;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.util.HttpHostResolver;
import jakarta.inject.Singleton;

/** Absolute URLs of the API, on the host that the caller named. */
@Singleton
final class Urls {
    private final HttpHostResolver hosts;

    Urls(HttpHostResolver hosts) {
        this.hosts = hosts;
    }

    String of(HttpRequest<?> request, EntityType type) {
        return base(request) + type.entitySet();
    }

    String of(HttpRequest<?> request, EntityId id) {
        return "%s(%s)".formatted(of(request, id.type()), KeyLiteral.encode(id.key()));
    }

    String context(HttpRequest<?> request, EntityType type) {
        return base(request) + "$metadata#" + type.entitySet();
    }

    private String base(HttpRequest<?> request) {
        return hosts.resolve(request) + ApiController.BASE + "/";
    }
}
