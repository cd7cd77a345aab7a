package dev.understudy.lob.client;

import java.time.Instant;

/** The state of the circuit towards one instance: whether requests are sent. */
public sealed interface Circuit {

    /** Since when it is in this state; for a circuit that is not closed, since when it is not. */
    Instant since();

    /** Requests are sent. */
    record Closed(Instant since) implements Circuit {}

    /**
     * No request is sent; the first one from {@code nextProbe} on is the next probe. {@code cause}
     * is the failure that opened it, or the last probe's; {@code failedProbes} counts these.
     */
    record Open(Instant since, Instant nextProbe, int failedProbes, String cause)
            implements Circuit {}

    /** One request is sent as a probe, all others are not. Its answer closes the circuit. */
    record HalfOpen(Instant since, int failedProbes) implements Circuit {}

    /** {@code open since 2026-11-21T11:20:31.5Z, next probe from …}. */
    default String words() {
        return switch (this) {
            case Closed _ -> "closed since " + since();
            case Open(_, Instant nextProbe, _, _) ->
                    "open since %s, next probe from %s".formatted(since(), nextProbe);
            case HalfOpen _ -> "open since %s, a probe is under way".formatted(since());
        };
    }
}
