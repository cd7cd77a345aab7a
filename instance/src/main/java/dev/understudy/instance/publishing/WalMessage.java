package dev.understudy.instance.publishing;

import dev.understudy.schemas.codec.EncodedContent;
import dev.understudy.schemas.event.ChangeKind;
import dev.understudy.schemas.event.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What an owner writes to its WAL for its publisher, as part of a transaction. */
sealed interface WalMessage {
    /** The prefix of all of them. */
    String PREFIX = "understudy.change";

    /** One entity's full content at one version, all of a change event but its position. */
    record Change(
            EncodedContent content,
            ChangeKind kind,
            Version version,
            Instant changedAt,
            Optional<String> traceparent)
            implements WalMessage {}

    /**
     * All that was committed up to this time is before it in the WAL.
     *
     * @param epoch under which it was written; a publisher of another epoch ignores it
     * @param late types of which changes wait for their schedule, so that nothing is said of them
     */
    record Heartbeat(Instant time, long epoch, List<String> late) implements WalMessage {
        public Heartbeat {
            late = List.copyOf(late);
        }
    }
}
