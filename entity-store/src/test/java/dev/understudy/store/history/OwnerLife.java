package dev.understudy.store.history;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.ChangeKind;
import dev.understudy.schemas.event.ChangeMetadata;
import dev.understudy.schemas.event.Position;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.AlternateKey;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** What an owner does to its entities: transactions that keep all alternate keys unique. */
final class OwnerLife {
    private static final Instant TIME = Instant.parse("2026-11-21T09:30:00.123456Z");

    private final Random random;
    private final Values values;
    private final Coverage coverage;
    private final List<EntityId> entities;
    private final Map<EntityId, EntityContent> living = new HashMap<>();
    private final Map<EntityId, Long> versions = new HashMap<>();
    private final List<ChangeEvent> events = new ArrayList<>();
    private long epoch = 1;
    private long lsn = 1000;

    OwnerLife(Random random, Values values, Coverage coverage, List<EntityId> entities) {
        this.random = random;
        this.values = values;
        this.coverage = coverage;
        this.entities = entities;
    }

    /** Makes contents of entities. */
    interface Values {
        EntityContent content(EntityId id);
    }

    /** The events of so many transactions, in their order. */
    List<ChangeEvent> events(int transactions) {
        for (int i = 0; i < transactions; i++) {
            advance();
            EntityId id = entities.get(random.nextInt(entities.size()));
            switch (random.nextInt(9)) {
                case 0, 1 -> delete(id);
                case 2, 3 -> exchange(id);
                case 4 -> handOver(id);
                default -> write(Map.of(id, values.content(id)));
            }
        }
        return events;
    }

    /** Now and then it is restored, and its LSNs begin anew in the next epoch. */
    private void advance() {
        if (random.nextInt(50) == 0) {
            epoch++;
            lsn = random.nextInt(1000);
        }
        lsn += 1 + random.nextInt(3);
    }

    private void delete(EntityId id) {
        if (living.remove(id) != null) {
            emit(EntityContent.ofKey(id.type(), id.key()), ChangeKind.DELETED);
        }
    }

    /** Two entities swap what their alternate keys are made of, in one transaction or in three. */
    private void exchange(EntityId id) {
        Optional<EntityId> other = another(id);
        if (other.isEmpty()) {
            return;
        }
        EntityContent one = living.get(id);
        EntityContent two = living.get(other.get());
        EntityContent oneAfter = taking(one, two);
        EntityContent twoAfter = taking(two, one);
        boolean swapped =
                random.nextBoolean()
                        ? write(Map.of(id, oneAfter, other.get(), twoAfter))
                        : write(Map.of(id, without(one)))
                                && write(Map.of(other.get(), twoAfter))
                                && write(Map.of(id, oneAfter));
        if (swapped) {
            coverage.add(Happening.SWAPPED);
        }
    }

    private void handOver(EntityId id) {
        Optional<EntityId> other = another(id);
        if (other.isPresent()) {
            EntityContent giving = living.get(id);
            EntityContent getting = living.get(other.get());
            if (write(Map.of(id, without(giving)))
                    && write(Map.of(other.get(), taking(getting, giving)))) {
                coverage.add(Happening.HANDED_OVER);
            }
        }
    }

    private Optional<EntityId> another(EntityId id) {
        return living.containsKey(id)
                ? living.keySet().stream()
                        .filter(other -> other.type().equals(id.type()) && !other.equals(id))
                        .sorted()
                        .findFirst()
                : Optional.empty();
    }

    private static EntityContent taking(EntityContent content, EntityContent other) {
        EntityContent taken = content;
        for (AlternateKey key : content.type().alternateKeys()) {
            for (EntityField field : key.fields()) {
                taken = taken.with(field, other.value(field));
            }
        }
        return taken;
    }

    private EntityContent without(EntityContent content) {
        EntityType type = content.type();
        return content.with(type.field("code").orElseThrow(), null)
                .with(type.field("number").orElseThrow(), (long) random.nextInt());
    }

    /** False, and nothing done, if two entities would have one alternate key. */
    private boolean write(Map<EntityId, EntityContent> contents) {
        Map<EntityId, EntityContent> after = new HashMap<>(living);
        after.putAll(contents);
        lsn++;
        if (!isUnique(after)) {
            return false;
        }
        contents.keySet().stream()
                .sorted()
                .forEach(id -> {
                    if (!living.containsKey(id) && versions.containsKey(id)) {
                        coverage.add(Happening.CREATED_AGAIN);
                    }
                    emit(contents.get(id), ChangeKind.UPSERTED);
                });
        living.putAll(contents);
        return true;
    }

    private static boolean isUnique(Map<EntityId, EntityContent> all) {
        Set<List<Object>> claimed = new HashSet<>();
        for (EntityContent content : all.values()) {
            for (AlternateKey key : content.type().alternateKeys()) {
                List<Object> claim = new ArrayList<>(List.of(content.type(), key));
                for (EntityField field : key.fields()) {
                    Object value = content.value(field);
                    if (value != null) {
                        claim.add(value);
                    }
                }
                if (claim.size() == key.fields().size() + 2 && !claimed.add(claim)) {
                    return false;
                }
            }
        }
        return true;
    }

    private void emit(EntityContent content, ChangeKind kind) {
        long version = versions.merge(new EntityId(content.type(), content.key()), 1L, Long::sum);
        events.add(
                new ChangeEvent(
                        content.key(),
                        content,
                        new ChangeMetadata(
                                "us",
                                kind,
                                new Version(version),
                                new Position(epoch, lsn),
                                TIME.plusSeconds(version),
                                Optional.empty())));
    }
}
