package dev.understudy.lob.client;

import java.net.URI;
import java.time.Duration;

/**
 * Where an instance is and how patient to be with it. Time-outs are per request, its body included.
 */
public record InstanceSettings(
        URI url,
        Duration connectTimeout,
        Duration requestTimeout,
        Limits limits,
        Resilience resilience) {

    /**
     * Bounds of what a client does. {@code parallelism}: requests at once (1 to 1000). {@code
     * pageSize}: rows asked per page. {@code attempts}: sends of one idempotent request whose
     * connection failed. {@code faults}: unanswered requests after which a bulk submission sends no
     * more.
     */
    public record Limits(int parallelism, int pageSize, int attempts, int faults) {

        public static final Limits DEFAULT = new Limits(16, 500, 2, 50);

        public Limits {
            require(parallelism >= 1 && parallelism <= 1000, "parallelism must be 1 to 1000");
            require(pageSize >= 1, "pageSize must be at least 1");
            require(attempts >= 1, "attempts must be at least 1");
            require(faults >= 1, "faults must be at least 1");
        }
    }

    public InstanceSettings {
        require(
                ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                        && url.getHost() != null,
                "not the http URL of an instance: " + url);
        require(connectTimeout.isPositive(), "connectTimeout must be positive");
        require(requestTimeout.isPositive(), "requestTimeout must be positive");
    }

    /**
     * The instance at a base URL ({@code http://127.0.0.1:8081}), with the default time-outs and
     * limits.
     */
    public static InstanceSettings at(URI url) {
        return new InstanceSettings(
                url,
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                Limits.DEFAULT,
                Resilience.DEFAULT);
    }

    /**
     * The same with another patience: time-outs, of which a connection's is at most its default.
     */
    public InstanceSettings withRequestTimeout(Duration timeout) {
        Duration connect = timeout.compareTo(connectTimeout) < 0 ? timeout : connectTimeout;
        return new InstanceSettings(url, connect, timeout, limits, resilience);
    }

    /** The same with other bounds. */
    public InstanceSettings withLimits(Limits others) {
        return new InstanceSettings(url, connectTimeout, requestTimeout, others, resilience);
    }

    /** The same with another way to treat failures. */
    public InstanceSettings withResilience(Resilience other) {
        return new InstanceSettings(url, connectTimeout, requestTimeout, limits, other);
    }

    URI dataUrl() {
        return URI.create(url.toString().replaceAll("/+$", "") + "/api/data/v1.0/");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
