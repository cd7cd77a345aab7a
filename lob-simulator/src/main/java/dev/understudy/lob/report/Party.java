package dev.understudy.lob.report;

import dev.understudy.lob.client.RecordState;
import dev.understudy.lob.client.Reference;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** An account or contact in the report; never blank, whatever either instance knows about it. */
public sealed interface Party {

    /** The ticket names nobody. */
    record Nobody() implements Party {}

    /** Its name is known; {@code reference} is what the target has of it. */
    record Named(UUID key, Names.Name name, Reference reference) implements Party {}

    /** No instance that could be asked knows its name. */
    record Unknown(UUID key, Reference reference) implements Party {}

    /** Its key, unless it is nobody. */
    default Optional<UUID> id() {
        return switch (this) {
            case Nobody _ -> Optional.empty();
            case Named(UUID key, _, _) -> Optional.of(key);
            case Unknown(UUID key, _) -> Optional.of(key);
        };
    }

    /** What the target has of it, unless it is nobody. */
    default Optional<RecordState> recordState() {
        return switch (this) {
            case Nobody _ -> Optional.empty();
            case Named(_, _, Reference reference) -> Optional.of(reference.state());
            case Unknown(_, Reference reference) -> Optional.of(reference.state());
        };
    }

    /** Since when the target has a placeholder of it, if it has one and tells. */
    default Optional<Instant> placedOn() {
        return switch (this) {
            case Nobody _ -> Optional.empty();
            case Named(_, _, Reference reference) -> reference.placedOn();
            case Unknown(_, Reference reference) -> reference.placedOn();
        };
    }

    /** Its name, if any instance told it. */
    default Optional<Names.Name> knownName() {
        return switch (this) {
            case Named(_, Names.Name name, _) -> Optional.of(name);
            case Nobody _, Unknown _ -> Optional.empty();
        };
    }

    /** Whether the target has only a placeholder of it. */
    default boolean awaitsSynchronisation() {
        return recordState().filter(state -> state == RecordState.PLACEHOLDER).isPresent();
    }

    /** How the report names it: its name, {@code (unknown)}, or a dash for nobody. */
    default String label() {
        return switch (this) {
            case Nobody _ -> "–";
            case Named(_, Names.Name name, _) -> name.text();
            case Unknown _ -> "(unknown)";
        };
    }

    /** What the report adds to the label: that it waits and for how long, or is deleted. */
    default String mark(Instant asOf) {
        return recordState()
                .map(state ->
                        switch (state) {
                            case HYDRATED -> "";
                            case PLACEHOLDER ->
                                    placedOn()
                                            .map(then ->
                                                    "(awaits sync, %s)"
                                                            .formatted(Words.age(then, asOf)))
                                            .orElse("(awaiting synchronisation)");
                            case DELETED -> "(deleted)";
                        })
                .orElse("");
    }
}
