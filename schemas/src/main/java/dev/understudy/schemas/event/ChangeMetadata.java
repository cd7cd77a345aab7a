package dev.understudy.schemas.event;

import java.time.Instant;
import java.util.Optional;

/**
 * What a change event's headers carry.
 *
 * @param owner the instance that published it
 * @param time when the owner made the change, by its clock
 * @param traceparent W3C trace context of the write
 */
public record ChangeMetadata(
        String owner,
        ChangeKind kind,
        Version version,
        Position position,
        Instant time,
        Optional<String> traceparent) {
    public ChangeMetadata {
        if (version.number() < 1) {
            throw new IllegalArgumentException("a change has a version from 1 up");
        }
    }
}
