package dev.understudy.store.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** Counts what happened. */
final class Coverage {
    private final Map<Happening, Integer> counts = new EnumMap<>(Happening.class);
    private int histories;

    void history() {
        histories++;
    }

    void add(Happening happening) {
        counts.merge(happening, 1, Integer::sum);
    }

    void add(Coverage other) {
        other.counts.forEach((happening, count) -> counts.merge(happening, count, Integer::sum));
        histories += other.histories;
    }

    int histories() {
        return histories;
    }

    /** Fails if one of these did not happen in at least so many of a hundred histories. */
    void assertPerHundred(int minimum, Set<Happening> happenings) {
        assertThat(happenings)
                .as("%s", this)
                .allSatisfy(happening ->
                        assertThat(counts.getOrDefault(happening, 0) * 100 / histories)
                                .as("%s per hundred histories", happening)
                                .isGreaterThanOrEqualTo(minimum));
    }

    @Override
    public String toString() {
        return histories + " histories: " + counts;
    }
}
