package dev.understudy.chaos.load;

import dev.understudy.chaos.check.Steps;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a client knows of the entities that it alone writes: what each of their fields may be now,
 * and how often each was written. Used by one thread.
 */
final class Ledger {
    private final Map<UUID, Entry> entries = new HashMap<>();

    /** The write was accepted: fields that it does not give stay as they are. */
    void accepted(UUID key, Map<String, String> given) {
        entry(key).accepted(given);
    }

    /** The deletion was accepted. */
    void deleted(UUID key) {
        entry(key).deleted();
    }

    /** The write was not answered, or of unknown outcome: it was done, will be, or never. */
    void unanswered(UUID key, Map<String, String> given) {
        entry(key).unanswered(given);
    }

    /** The same of a deletion. */
    void deletionUnanswered(UUID key) {
        entry(key).deletionUnanswered();
    }

    Set<UUID> keys() {
        return Set.copyOf(entries.keySet());
    }

    /** How many versions each entity must have, and may. */
    Map<UUID, Steps> steps() {
        Map<UUID, Steps> steps = new HashMap<>();
        entries.forEach((key, entry) ->
                steps.put(key, new Steps(entry.accepted, entry.accepted + entry.unanswered)));
        return steps;
    }

    /**
     * What is wrong with what was read, for a person.
     *
     * @param found all fields that have a value; empty if there is no such entity
     */
    Optional<String> judge(UUID key, Optional<Map<String, String>> found) {
        return entry(key).judge(found);
    }

    private Entry entry(UUID key) {
        return entries.computeIfAbsent(key, _ -> new Entry());
    }

    /**
     * One entity. What was not answered is never forgotten: who gave up waiting may be overtaken by
     * what he asked for.
     */
    private static final class Entry {
        private final Map<String, String> last = new TreeMap<>();
        private final Map<String, Set<String>> perhaps = new TreeMap<>();
        private boolean there;
        private boolean perhapsThere;
        private boolean perhapsDeleted;
        private long accepted;
        private long unanswered;

        void accepted(Map<String, String> given) {
            accepted++;
            there = true;
            last.putAll(given);
        }

        void deleted() {
            accepted++;
            there = false;
            last.clear();
        }

        void unanswered(Map<String, String> given) {
            unanswered++;
            perhapsThere = true;
            given.forEach((field, value) ->
                    perhaps.computeIfAbsent(field, _ -> new HashSet<>()).add(value));
        }

        void deletionUnanswered() {
            unanswered++;
            perhapsDeleted = true;
        }

        Optional<String> judge(Optional<Map<String, String>> found) {
            if (found.isEmpty()) {
                return there && !perhapsDeleted
                        ? Optional.of("is not there, after " + last)
                        : Optional.empty();
            }
            if (!there && !perhapsThere) {
                return Optional.of("is there, and was deleted: " + found.get());
            }
            Set<String> fields = new TreeSet<>(found.get().keySet());
            fields.addAll(last.keySet());
            return fields.stream()
                    .filter(field -> !mayBe(field, found.get().get(field)))
                    .findFirst()
                    .map(field ->
                            "has %s %s, not %s, nor one of %s"
                                    .formatted(
                                            field,
                                            found.get().get(field),
                                            last.get(field),
                                            perhaps.getOrDefault(field, Set.of())));
        }

        private boolean mayBe(String field, @Nullable String value) {
            String must = last.get(field);
            return value == null
                    ? must == null || perhapsDeleted
                    : value.equals(must) || perhaps.getOrDefault(field, Set.of()).contains(value);
        }
    }
}
