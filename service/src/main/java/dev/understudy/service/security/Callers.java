package dev.understudy.service.security;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.context.ServerRequestContext;
import jakarta.inject.Singleton;

/** What the callers of requests may do. */
@Singleton
public final class Callers {
    private static final String ATTRIBUTE = "understudy.grants";

    private final SecurityConfiguration security;

    Callers(SecurityConfiguration security) {
        this.security = security;
    }

    static void remember(HttpRequest<?> request, Grants grants) {
        request.setAttribute(ATTRIBUTE, grants);
    }

    /** Whether security is on. */
    public boolean needTokens() {
        return security.isOn();
    }

    /** What the caller of this request may do: everything where security is off. */
    public Grants grants(HttpRequest<?> request) {
        return security.isOn()
                ? request.getAttribute(ATTRIBUTE, Grants.class).orElse(Grants.NONE)
                : Grants.EVERYTHING;
    }

    /** The same of the request that this thread handles. */
    public Grants current() {
        return ServerRequestContext.currentRequest()
                .map(this::grants)
                .orElseGet(() -> security.isOn() ? Grants.NONE : Grants.EVERYTHING);
    }
}
