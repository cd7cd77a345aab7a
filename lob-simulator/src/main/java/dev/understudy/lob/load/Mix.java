package dev.understudy.lob.load;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** How often each operation occurs, as weights; those that are left out do not occur. */
public record Mix(Map<Operation, Integer> weights) {

    public static final Mix DEFAULT =
            parse("read-source=25,read-target=25,create=10,update=15,ticket=25");

    public Mix {
        EnumMap<Operation, Integer> copy = new EnumMap<>(Operation.class);
        copy.putAll(weights);
        weights = Collections.unmodifiableMap(copy);
        if (weights.values().stream().anyMatch(weight -> weight < 0 || weight > 1_000_000)) {
            throw new IllegalArgumentException("a weight of the mix is 0 to 1000000: " + weights);
        }
        if (total(weights) == 0) {
            throw new IllegalArgumentException("the mix has no operation");
        }
    }

    /** Reads {@code read-source=25,ticket=75}. */
    public static Mix parse(String text) {
        EnumMap<Operation, Integer> weights = new EnumMap<>(Operation.class);
        for (String part : text.split(",", -1)) {
            String[] pair = part.strip().split("=", -1);
            if (pair.length != 2 || !pair[1].matches("[0-9]{1,7}")) {
                throw new IllegalArgumentException(
                        "not a part of a mix, such as ticket=25: '" + part.strip() + "'");
            }
            weights.put(Operation.labelled(pair[0]), Integer.parseInt(pair[1]));
        }
        return new Mix(weights);
    }

    Operation draw(RandomGenerator random) {
        int left = random.nextInt(total(weights));
        for (Map.Entry<Operation, Integer> entry : weights.entrySet()) {
            left -= entry.getValue();
            if (left < 0) {
                return entry.getKey();
            }
        }
        throw new IllegalStateException("weights changed: " + weights);
    }

    private static int total(Map<Operation, Integer> weights) {
        return weights.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public String toString() {
        return weights.entrySet().stream()
                .map(entry -> entry.getKey().label() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
    }
}
