package dev.understudy.chaos.load;

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

    private final Map<UUID, String> accepted = new HashMap<>();

    /** Never forgotten: who gave up waiting may be overtaken by what he asked for. */
    private final Map<UUID, Set<String>> unanswered = new HashMap<>();

    /** The write was accepted. */
    void accepted(UUID key, String written) {
        accepted.put(key, written);
    }

    /** The write was not answered, or of unknown outcome: it was done, will be, or never. */
    void unanswered(UUID key, String written) {
        accepted.putIfAbsent(key, GONE);
        unanswered.computeIfAbsent(key, _ -> new HashSet<>()).add(written);
    }

    int size() {
        return accepted.size();
    }

    void forEach(BiConsumer<UUID, Set<String>> entry) {
        accepted.forEach((key, last) -> {
            Set<String> allowed = new HashSet<>(unanswered.getOrDefault(key, Set.of()));
            allowed.add(last);
            entry.accept(key, allowed);
        });
    }
}
