package dev.understudy.store.digest;

import dev.understudy.schemas.UnderstudyException.Severity;
import dev.understudy.store.StoreException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rows that differed at first sight. Since both databases go on and are never seen at one moment,
 * they are looked at again before they count.
 */
final class Suspects {
    private static final int CHUNK = 500;

    /** Both rows of each of these keys, again. */
    @FunctionalInterface
    interface Look {
        Map<String, Difference> differences(List<String> keys);
    }

    private final DigestOptions options;
    private final Look look;
    private final Map<String, Difference> pending = new LinkedHashMap<>();
    private final List<Difference> confirmed = new ArrayList<>();
    private long cleared;

    Suspects(DigestOptions options, Look look) {
        this.options = options;
        this.look = look;
    }

    /** One in flight is explained; it needs no second look. */
    void add(Difference difference) {
        if (difference instanceof Difference.InFlight) {
            confirmed.add(difference);
        } else {
            pending.put(difference.key(), difference);
        }
    }

    /** Whether no more fit, although all of them were looked at again. */
    boolean full() {
        if (confirmed.size() + pending.size() >= options.maxReported()) {
            settle();
        }
        return confirmed.size() >= options.maxReported();
    }

    /** What still differs, no more than is to be reported. */
    List<Difference> settled() {
        settle();
        return confirmed.subList(0, Math.min(confirmed.size(), options.maxReported()));
    }

    /** How many turned out to agree. */
    long cleared() {
        return cleared;
    }

    private void settle() {
        for (int looked = 1; looked < options.looks() && !pending.isEmpty(); looked++) {
            pause();
            List<String> keys = List.copyOf(pending.keySet());
            for (int from = 0; from < keys.size(); from += CHUNK) {
                lookAgain(keys.subList(from, Math.min(keys.size(), from + CHUNK)));
            }
        }
        confirmed.addAll(pending.values());
        pending.clear();
    }

    private void lookAgain(List<String> keys) {
        Map<String, Difference> now = look.differences(keys);
        Set<String> agreeing = new HashSet<>(keys);
        agreeing.removeAll(now.keySet());
        cleared += agreeing.size();
        keys.forEach(pending::remove);
        now.values().forEach(this::add);
    }

    private void pause() {
        try {
            Thread.sleep(options.pause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(Severity.RETRYABLE, "interrupted between two looks", e);
        }
    }
}
