package dev.understudy.lob.client;

import java.util.Optional;

/**
 * The token that requests to a service carry, where it asks for one: the system property {@code
 * understudy.token}, else the environment's {@code UNDERSTUDY_TOKEN}.
 */
public final class BearerToken {
    private static final String PROPERTY = "understudy.token";
    private static final String VARIABLE = "UNDERSTUDY_TOKEN";

    private BearerToken() {}

    /** The value of the header {@code Authorization}; empty if there is no token. */
    public static Optional<String> header() {
        return Optional.ofNullable(System.getProperty(PROPERTY, System.getenv(VARIABLE)))
                .map(String::strip)
                .filter(token -> !token.isEmpty())
                .map(token -> "Bearer " + token);
    }
}
