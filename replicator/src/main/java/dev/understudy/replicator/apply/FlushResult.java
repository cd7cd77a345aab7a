package dev.understudy.replicator.apply;

/** How a flush ended. A value, since a flush also runs inside of commits, which must not fail. */
public sealed interface FlushResult {
    /** All that was in the buffer is in the database, and its reports are acknowledged. */
    record Flushed(int records) implements FlushResult {}

    /** Something is left in the buffer. */
    record Failed(Fault fault) implements FlushResult {}
}
