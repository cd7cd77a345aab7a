package dev.understudy.replicator.letters;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The open dead letters, and what was decided about the others. Takes letters and decisions in any
 * order, and again. Thread-safe.
 */
final class LetterIndex {
    private final NavigableMap<LetterId, Letter> open = new TreeMap<>();
    private final Map<LetterId, Decision> decisions = new HashMap<>();

    synchronized void found(Letter letter) {
        if (!decisions.containsKey(letter.id())) {
            open.put(letter.id(), letter);
        }
    }

    synchronized void decided(LetterId id, Decision decision) {
        decisions.put(id, decision);
        open.remove(id);
    }

    synchronized Optional<Letter> open(LetterId id) {
        return Optional.ofNullable(open.get(id));
    }

    synchronized Optional<Decision> decision(LetterId id) {
        return Optional.ofNullable(decisions.get(id));
    }

    /** From the first after an ID, or from the first of all; at most {@code limit}. */
    synchronized List<Letter> page(Selection selection, Optional<LetterId> after, int limit) {
        Collection<Letter> rest =
                after.map(id -> open.tailMap(id, false).values()).orElseGet(open::values);
        return rest.stream().filter(selection::holds).limit(limit).toList();
    }

    synchronized int size() {
        return open.size();
    }

    /**
     * How many records of a topic are dead letters, by reason; a record with two letters counts
     * once.
     */
    synchronized Map<String, Long> reasons(String topic) {
        Map<Letter.Origin, String> records = new HashMap<>();
        for (Letter letter : open.values()) {
            if (letter.origin().topic().equals(topic)) {
                records.put(letter.origin(), letter.reason());
            }
        }
        return records.values().stream()
                .collect(Collectors.groupingBy(reason -> reason, Collectors.counting()));
    }
}
