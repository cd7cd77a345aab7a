package dev.understudy.replicator.letters;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.LongStream;

/**
 * Where the dead letters are, and what was decided about them. Takes letters of each partition in
 * their order, also again, and decisions at any time. Thread-safe.
 */
final class LetterIndex {
    private final NavigableMap<Integer, LetterShelf> shelves = new TreeMap<>();
    private final Names topics = new Names();
    private final Names reasons = new Names();

    /** Decisions about letters that have not been found, or are no longer there. */
    private final Map<LetterId, DecisionLog.About> early = new HashMap<>();

    private int open;

    synchronized void found(LetterId id, Letter.Origin origin, String reason) {
        LetterShelf shelf = shelves.computeIfAbsent(id.partition(), _ -> new LetterShelf());
        if (shelf.size() > 0 && shelf.offset(shelf.size() - 1) >= id.offset()) {
            return;
        }
        shelf.add(id.offset(), origin, topics.number(origin.topic()), reasons.number(reason));
        open++;
        DecisionLog.About decided = early.remove(id);
        if (decided != null) {
            decided(id, decided);
        }
    }

    /** A decision about another letter, which was at the same place once, says nothing. */
    synchronized void decided(LetterId id, DecisionLog.About about) {
        LetterShelf shelf = shelves.get(id.partition());
        int place = shelf == null ? -1 : shelf.find(id.offset());
        if (shelf == null || place < 0) {
            early.put(id, about);
        } else if (about.isOf(shelf.origin(place, topics.name(shelf.topic(place))))) {
            if (shelf.isOpen(place)) {
                open--;
            }
            shelf.decide(place, about.decision());
        }
    }

    /**
     * Forgets what lay before an offset: those letters are no longer in their topic, whatever was
     * decided about them.
     *
     * @return how many of them were open, by the topic where their records were first
     */
    synchronized Map<String, Long> expired(int partition, long first) {
        early.keySet().removeIf(id -> id.partition() == partition && id.offset() < first);
        Map<String, Long> undecided = new TreeMap<>();
        LetterShelf shelf = shelves.get(partition);
        if (shelf != null) {
            int count = shelf.after(first - 1);
            for (int place = 0; place < count; place++) {
                if (shelf.isOpen(place)) {
                    undecided.merge(topics.name(shelf.topic(place)), 1L, Long::sum);
                    open--;
                }
            }
            shelf.removeFirst(count);
        }
        return undecided;
    }

    synchronized boolean isOpen(LetterId id) {
        LetterShelf shelf = shelves.get(id.partition());
        int place = shelf == null ? -1 : shelf.find(id.offset());
        return shelf != null && place >= 0 && shelf.isOpen(place);
    }

    synchronized Optional<Decision> decision(LetterId id) {
        LetterShelf shelf = shelves.get(id.partition());
        int place = shelf == null ? -1 : shelf.find(id.offset());
        return shelf == null || place < 0 ? Optional.empty() : shelf.decision(place);
    }

    synchronized Optional<Letter.Origin> origin(LetterId id) {
        LetterShelf shelf = shelves.get(id.partition());
        int place = shelf == null ? -1 : shelf.find(id.offset());
        return shelf == null || place < 0
                ? Optional.empty()
                : Optional.of(shelf.origin(place, topics.name(shelf.topic(place))));
    }

    /** Open ones, from the first after an ID, or from the first of all; at most {@code limit}. */
    synchronized List<LetterId> page(Selection selection, Optional<LetterId> after, int limit) {
        List<LetterId> page = new ArrayList<>();
        int from = after.map(LetterId::partition).orElse(0);
        for (Map.Entry<Integer, LetterShelf> entry : shelves.tailMap(from, true).entrySet()) {
            LetterShelf shelf = entry.getValue();
            int place =
                    after.filter(id -> id.partition() == entry.getKey())
                            .map(id -> shelf.after(id.offset()))
                            .orElse(0);
            for (; place < shelf.size() && page.size() < limit; place++) {
                if (shelf.isOpen(place) && holds(selection, shelf, place)) {
                    page.add(new LetterId(entry.getKey(), shelf.offset(place)));
                }
            }
        }
        return page;
    }

    private boolean holds(Selection selection, LetterShelf shelf, int place) {
        return selection.holds(reasons.name(shelf.reason(place)), topics.name(shelf.topic(place)));
    }

    synchronized int size() {
        return open;
    }

    /**
     * How many records of a topic are dead letters, by reason; a record with two letters for the
     * same reason counts once.
     */
    synchronized Map<String, Long> reasons(String topic) {
        return count(topic, LetterShelf::isOpen);
    }

    /** How many records of a topic were given up. */
    synchronized long discarded(String topic) {
        return count(topic, LetterShelf::isDiscarded).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private Map<String, Long> count(String topic, BiPredicate<LetterShelf, Integer> counts) {
        int number = topics.known(topic).orElse(-1);
        Map<Integer, LongStream.Builder> records = new HashMap<>();
        for (LetterShelf shelf : shelves.values()) {
            for (int place = 0; place < shelf.size(); place++) {
                if (shelf.topic(place) == number && counts.test(shelf, place)) {
                    records.computeIfAbsent(shelf.reason(place), _ -> LongStream.builder())
                            .add(shelf.record(place));
                }
            }
        }
        Map<String, Long> byReason = new HashMap<>();
        records.forEach((reason, all) ->
                byReason.put(reasons.name(reason), all.build().sorted().distinct().count()));
        return byReason;
    }
}
