package dev.understudy.replicator.letters;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Few names that occur often, as numbers from 0. Not thread-safe. */
final class Names {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    int number(String name) {
        return numbers.computeIfAbsent(
                name,
                added -> {
                    names.add(added);
                    return names.size() - 1;
                });
    }

    OptionalInt known(String name) {
        Integer number = numbers.get(name);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    String name(int number) {
        return names.get(number);
    }
}
