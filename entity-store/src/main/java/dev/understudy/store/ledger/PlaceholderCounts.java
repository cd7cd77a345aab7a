package dev.understudy.store.ledger;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The placeholders of one type.
 *
 * @param oldest when the one that waits longest was placed
 * @param byAge how many are of each age; together all
 */
public record PlaceholderCounts(long all, Optional<Instant> oldest, Map<Age, Long> byAge) {
    public PlaceholderCounts {
        byAge = Map.copyOf(byAge);
    }
}
