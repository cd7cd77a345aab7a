package dev.understudy.store.purge;

/** What a purge of one type did. */
public sealed interface PurgeOutcome {
    /** Nothing, since nobody can say that it would be safe; the reason says what is missing. */
    record Refused(String reason) implements PurgeOutcome {}

    /**
     * Markers were removed, or none could be.
     *
     * @param removed markers that are gone
     * @param referred markers that stay because rows refer to them
     * @param waiting markers that are old, and stay until every target is past them
     */
    record Done(long removed, long referred, long waiting) implements PurgeOutcome {}
}
