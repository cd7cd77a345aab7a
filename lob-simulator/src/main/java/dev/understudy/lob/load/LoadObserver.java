package dev.understudy.lob.load;

import java.util.UUID;

/** Watches a load run; called from several threads at once. */
public interface LoadObserver {

    /** Watches nothing. */
    LoadObserver NONE = new LoadObserver() {};

    /** Called once a second while operations are due or in flight. */
    default void figures(LoadFigures figures) {}

    /**
     * Called for each operation that was sent, on the thread that sent it; {@code key} is the
     * account's or the ticket's.
     */
    default void answered(Operation operation, UUID key, Outcome outcome) {}
}
