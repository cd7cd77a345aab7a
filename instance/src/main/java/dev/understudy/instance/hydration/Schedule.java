package dev.understudy.instance.hydration;

import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityId;
import dev.understudy.store.ledger.PlacedEntity;
import dev.understudy.store.ledger.PlaceholderLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/**
 * Which placeholders are to be asked for now. The ledger is the queue, and an entry's age says how
 * often it was asked for: when it is new, after 2, 10 and 60 seconds, then every ten minutes, and
 * once when a process begins. Nothing is kept for an entry, so nothing is lost with a process. Not
 * thread-safe.
 */
final class Schedule {
    private static final List<Duration> AGAIN_AT =
            List.of(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(60));
    private static final Duration BETWEEN_AGAINS = Duration.ofSeconds(1);
    private static final Duration BETWEEN_PASSES = Duration.ofMinutes(10);

    /** A transaction may commit its placeholders so long after it placed them. */
    private static final Duration LATE = Duration.ofSeconds(1);

    private static final int REMEMBERED = 20_000;

    private final PlaceholderLedger ledger;
    private final Collection<EntityType> types;
    private final Duration delay;
    private final Map<EntityType, Instant> newFrom = new HashMap<>();
    private final Map<EntityType, PlacedEntity> backlog = new HashMap<>();
    private final Map<EntityType, Optional<PlacedEntity>> pass = new LinkedHashMap<>();
    private final Map<PlacedEntity, Boolean> asked = remembering();
    private Optional<Instant> again = Optional.empty();
    private Optional<Instant> nextPass = Optional.empty();

    Schedule(PlaceholderLedger ledger, Collection<EntityType> types, Duration delay) {
        this.ledger = ledger;
        this.types = List.copyOf(types);
        this.delay = delay;
    }

    /** What is due by now, at most so many; nothing comes twice at once. */
    Set<EntityId> due(int limit) {
        Instant now = ledger.time();
        SequencedSet<EntityId> due = new LinkedHashSet<>();
        for (EntityType type : types) {
            addNew(type, now, limit, due);
        }
        addAgain(now, limit, due);
        addPass(now, limit, due);
        return due;
    }

    /** What was due was not asked for: all are due once more, after a while. */
    void failed(Duration pause) {
        asked.clear();
        pass.clear();
        nextPass = Optional.empty();
        nextPass = Optional.of(ledger.time().plus(pause));
    }

    private void addNew(EntityType type, Instant now, int limit, SequencedSet<EntityId> due) {
        if (due.size() >= limit) {
            return;
        }
        Instant to = now.minus(delay);
        // Before this, no placeholder comes any more.
        Instant settled = now.minus(delay.compareTo(LATE) > 0 ? delay : LATE);
        PlacedEntity last = backlog.get(type);
        if (last == null) {
            addRecent(type, to, settled, limit, due);
        } else {
            addBacklog(last, settled, limit - due.size(), due);
        }
    }

    /** What is not so old that it must be there; more of this than is remembered may come twice. */
    private void addRecent(
            EntityType type, Instant to, Instant settled, int limit, SequencedSet<EntityId> due) {
        Instant from = newFrom.getOrDefault(type, to).minus(LATE);
        int most = limit - due.size() + asked.size();
        PlacedEntity last = null;
        int seen = 0;
        for (PlacedEntity one : ledger.placedBetween(type, from, to, most)) {
            if (!asked.containsKey(one)) {
                if (due.size() == limit) {
                    seen = most;
                    break;
                }
                asked.put(one, true);
                due.add(one.id());
            }
            last = one;
            seen++;
        }
        if (last == null || seen < most) {
            newFrom.put(type, to);
        } else if (last.placedAt().isBefore(settled)) {
            backlog.put(type, last);
        } else {
            newFrom.put(type, last.placedAt());
        }
    }

    /** What is too much for one look, strictly in its order: it needs no memory, and ends. */
    private void addBacklog(
            PlacedEntity last, Instant settled, int left, SequencedSet<EntityId> due) {
        EntityType type = last.id().type();
        List<PlacedEntity> page =
                ledger.page(type, Optional.of(last), left).stream()
                        .takeWhile(one -> one.placedAt().isBefore(settled))
                        .toList();
        page.forEach(one -> due.add(one.id()));
        if (page.size() == left) {
            backlog.put(type, page.getLast());
        } else {
            backlog.remove(type);
            newFrom.put(type, settled.plus(LATE));
        }
    }

    /** Those that have come to one of the ages since the last time. */
    private void addAgain(Instant now, int limit, SequencedSet<EntityId> due) {
        Instant last = again.orElse(now);
        if (again.isPresent() && now.isBefore(last.plus(BETWEEN_AGAINS))) {
            return;
        }
        again = Optional.of(now);
        for (EntityType type : types) {
            for (Duration age : AGAIN_AT) {
                if (due.size() < limit) {
                    ledger.placedBetween(type, last.minus(age), now.minus(age), limit - due.size())
                            .forEach(placed -> due.add(placed.id()));
                }
            }
        }
    }

    /** A page of each type at a time, from the oldest. */
    private void addPass(Instant now, int limit, SequencedSet<EntityId> due) {
        if (pass.isEmpty() && now.isAfter(nextPass.orElse(Instant.MIN))) {
            types.forEach(type -> pass.put(type, Optional.empty()));
            nextPass = Optional.of(now.plus(BETWEEN_PASSES));
        }
        for (EntityType type : List.copyOf(pass.keySet())) {
            int left = limit - due.size();
            if (left <= 0) {
                return;
            }
            List<PlacedEntity> page =
                    ledger.page(type, pass.getOrDefault(type, Optional.empty()), left);
            page.forEach(placed -> due.add(placed.id()));
            if (page.size() < left) {
                pass.remove(type);
            } else {
                pass.put(type, Optional.of(page.getLast()));
            }
        }
    }

    private static Map<PlacedEntity, Boolean> remembering() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<PlacedEntity, Boolean> eldest) {
                return size() > REMEMBERED;
            }
        };
    }
}
