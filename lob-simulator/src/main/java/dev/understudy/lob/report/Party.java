package dev.understudy.lob.report;

import dev.understudy.lob.client.RecordState;
import java.util.UUID;

/** An account or contact in the report; never blank, whatever either instance knows about it. */
public sealed interface Party {

    /** The ticket names nobody. */
    record Nobody() implements Party {}

    /** Its name is known; {@code state} is what the target has of it. */
    record Named(UUID key, String name, RecordState state) implements Party {}

    /** No instance knows its name. */
    record Unknown(UUID key, RecordState state) implements Party {}

    /** Whether the target has only a placeholder of it. */
    default boolean awaitsSynchronisation() {
        return switch (this) {
            case Nobody _ -> false;
            case Named(_, _, RecordState state) -> state == RecordState.PLACEHOLDER;
            case Unknown(_, RecordState state) -> state == RecordState.PLACEHOLDER;
        };
    }

    /** How the report names it: its name, {@code (unknown)}, or a dash for nobody. */
    default String label() {
        return switch (this) {
            case Nobody _ -> "–";
            case Named(_, String name, _) -> name;
            case Unknown _ -> "(unknown)";
        };
    }

    /**
     * What the report adds to the label: that the entity awaits synchronisation or is deleted, else
     * nothing.
     */
    default String mark() {
        return switch (this) {
            case Nobody _ -> "";
            case Named(_, _, RecordState state) -> mark(state);
            case Unknown(_, RecordState state) -> mark(state);
        };
    }

    private static String mark(RecordState state) {
        return switch (state) {
            case HYDRATED -> "";
            case PLACEHOLDER -> "(awaiting synchronisation)";
            case DELETED -> "(deleted)";
        };
    }
}
