package dev.understudy.lob.client;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an instance has of an entity that another one refers to. */
public record Reference(RecordState state, @Nullable Instant placedOnOrNull) {

    static final Reference HYDRATED = new Reference(RecordState.HYDRATED, null);

    /** Since when a placeholder stands in for it, if one does and the instance tells. */
    public Optional<Instant> placedOn() {
        return Optional.ofNullable(placedOnOrNull);
    }
}
