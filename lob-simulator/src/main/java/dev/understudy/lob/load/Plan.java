package dev.understudy.lob.load;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/** The operations of a run, in order: the same seed and mix give the same. Not thread-safe. */
final class Plan {

    private final Mix mix;
    private final SplittableRandom random;
    private final Map<Operation, Integer> drawn = new EnumMap<>(Operation.class);

    Plan(Mix mix, long seed) {
        this.mix = mix;
        this.random = new SplittableRandom(seed);
    }

    Arrival next() {
        Operation operation = mix.draw(random);
        int number = drawn.merge(operation, 1, Integer::sum) - 1;
        return new Arrival(operation, number, random.nextLong());
    }
}
