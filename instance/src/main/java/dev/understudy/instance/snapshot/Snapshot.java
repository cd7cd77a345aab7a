package dev.understudy.instance.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One pass over all rows of some types, as far as it has come.
 *
 * @param epoch that it makes good for, or none if somebody asked for it
 * @param types full names, in the order of the pass
 * @param rowsPerSecond at most
 */
public record Snapshot(
        long id,
        OptionalLong epoch,
        List<String> types,
        int rowsPerSecond,
        Place place,
        Progress progress) {
    /**
     * Where the pass goes on.
     *
     * @param type index of the type
     * @param after the last key of it that was published
     */
    public record Place(int type, Optional<String> after) {}

    /**
     * How far it is.
     *
     * @param rows published
     * @param total rows there were when it began
     */
    public record Progress(
            State state, long rows, long total, Instant requestedAt, Optional<Instant> endedAt) {}

    /** What has become of it. */
    public enum State {
        RUNNING,
        DONE,
        CANCELLED
    }

    public Snapshot {
        types = List.copyOf(types);
    }

    /** As a person reads it. */
    public String words() {
        return "%,d of %,d rows".formatted(progress.rows(), progress.total());
    }
}
