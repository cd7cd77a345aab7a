package dev.understudy.system;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * What a client knows of the entities that it alone writes: for each what it may be now. Used by
 * one thread.
 */
final class Ledger {
    /** What a deleted entity is. */
    static final String GONE = "gone";

    private final Map<UUID, Set<String>> allowed = new HashMap<>();

    /** The write was accepted. */
    void accepted(UUID key, String written) {
        allowed.put(key, Set.of(written));
    }

    /** The write was not answered, or of unknown outcome: the entity is as it was, or would be. */
    void unanswered(UUID key, String written) {
        Set<String> either = new HashSet<>(allowed.getOrDefault(key, Set.of(GONE)));
        either.add(written);
        allowed.put(key, either);
    }

    void forEach(BiConsumer<UUID, Set<String>> entry) {
        allowed.forEach(entry);
    }
}
