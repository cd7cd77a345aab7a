package dev.understudy.store.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.store.Outcome;
import java.util.EnumMap;
import java.util.List;
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

    /** What came of a step. */
    void note(Step step, Object result) {
        switch (step) {
            case Step.Apply _ -> {
                for (Object outcome : (List<?>) result) {
                    if (outcome.equals(Outcome.Applied.class)) {
                        add(Happening.APPLIED);
                    } else if (outcome.equals(Outcome.Hydrated.class)) {
                        add(Happening.HYDRATED);
                    } else if (outcome.equals(Outcome.Stale.class)) {
                        add(Happening.STALE);
                    } else if (outcome.equals(Outcome.Deleted.class)) {
                        add(Happening.DELETED);
                    }
                }
            }
            case Step.Refer _ -> add(Happening.PLACED_BY_ALTERNATE_KEY);
            case Step.Write _ ->
                    add(result instanceof String ? Happening.WRITE_REFUSED : Happening.WRITTEN);
            case Step.Delete _ -> {
                if (result.equals(true)) {
                    add(Happening.WRITE_DELETED);
                }
            }
            case Step.Move _ -> {
                if (result.equals(true)) {
                    add(Happening.REFERENCE_MOVED);
                }
            }
        }
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
                        assertThat(counts.getOrDefault(happening, 0) * 100L / histories)
                                .as("%s per hundred histories", happening)
                                .isGreaterThanOrEqualTo(minimum));
    }

    @Override
    public String toString() {
        return histories + " histories: " + counts;
    }
}
