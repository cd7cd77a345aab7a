package dev.understudy.chaos.fault;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Deals faults by a seed: each kind once before any comes again, and of each kind each target once
 * before any comes again. Used by one thread.
 */
public final class Schedule {
    private static final int SHORTEST_CALM_MS = 500;
    private static final int LONGEST_CALM_MS = 3_000;

    private final Random random;
    private final Map<FaultKind, List<Fault>> faults = new EnumMap<>(FaultKind.class);
    private final Map<FaultKind, Deque<Fault>> decks = new EnumMap<>(FaultKind.class);
    private final Deque<FaultKind> kinds = new ArrayDeque<>();

    /** What comes next: after how long a calm, what, and for how long. */
    public record Planned(Duration calm, Fault fault, Duration lasts) {}

    /** Deals of these; the same seed deals the same of the same. */
    public Schedule(long seed, List<Fault> all) {
        if (all.isEmpty()) {
            throw new IllegalArgumentException("There is nothing to break");
        }
        random = new Random(seed);
        for (Fault fault : all) {
            faults.computeIfAbsent(fault.kind(), _ -> new ArrayList<>()).add(fault);
        }
    }

    /** The next of an endless row. */
    public Planned next() {
        if (kinds.isEmpty()) {
            kinds.addAll(shuffled(List.copyOf(faults.keySet())));
        }
        FaultKind kind = kinds.remove();
        Deque<Fault> deck = decks.computeIfAbsent(kind, _ -> new ArrayDeque<>());
        if (deck.isEmpty()) {
            deck.addAll(shuffled(faults.getOrDefault(kind, List.of())));
        }
        Duration calm = Duration.ofMillis(random.nextInt(SHORTEST_CALM_MS, LONGEST_CALM_MS));
        Duration lasts =
                Duration.ofMillis(
                        random.nextLong(kind.shortest().toMillis(), kind.longest().toMillis()));
        return new Planned(calm, deck.remove(), lasts);
    }

    private <T> List<T> shuffled(List<T> all) {
        List<T> copy = new ArrayList<>(all);
        Collections.shuffle(copy, random);
        return copy;
    }
}
