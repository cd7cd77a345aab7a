package dev.understudy.store.history;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.model.AlternateKey;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.AlternateId;
import dev.understudy.store.EntityId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * The random life of a few entities, as an instance sees it: events that come duplicated, in any
 * order and in batches of any size, and between them writes of its own that refer to what may not
 * have come. The same for the same seed.
 */
final class RandomHistory {
    private static final int ENTITIES_PER_TYPE = 3;
    private static final int CODES = 4;

    private final Catalog catalog;
    private final Random random;
    private final RandomContent content;
    private final String prefix;
    private final Coverage coverage = new Coverage();
    private final List<EntityId> replicated = new ArrayList<>();
    private final List<EntityId> owned = new ArrayList<>();
    private final List<List<ChangeEvent>> batches;

    RandomHistory(Catalog catalog, long seed) {
        this.catalog = catalog;
        this.random = new Random(seed);
        this.content = new RandomContent(random);
        // Alternate keys of other histories in the same tables are others.
        this.prefix = Long.toString(seed, 36) + "-";
        for (CatalogEntry entry : catalog.entries()) {
            List<EntityId> entities =
                    entry.owner().equals(RandomDomain.INSTANCE) ? owned : replicated;
            for (int i = 0; i < ENTITIES_PER_TYPE; i++) {
                entities.add(new EntityId(entry.type(), content.key(entry.type())));
            }
        }
        this.batches = batches();
    }

    /** What its owner did; what came of it is for whoever runs it to add. */
    Coverage coverage() {
        return coverage;
    }

    List<List<ChangeEvent>> appliedBatches() {
        return batches;
    }

    List<EntityId> owned() {
        return List.copyOf(owned);
    }

    List<EntityId> replicated() {
        return List.copyOf(replicated);
    }

    List<EntityId> entities() {
        List<EntityId> all = new ArrayList<>(replicated);
        all.addAll(owned);
        return all;
    }

    /** All batches, with the instance's own doings between them; at the end it tidies up. */
    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (List<ChangeEvent> batch : batches) {
            for (int doings = random.nextInt(3); doings > 0; doings--) {
                if (random.nextInt(3) == 0) {
                    someAlternateId().ifPresent(id -> steps.add(new Step.Refer(id)));
                } else if (random.nextInt(5) == 0) {
                    steps.add(new Step.Delete(owned.get(random.nextInt(owned.size()))));
                } else {
                    steps.add(someWrite());
                }
            }
            steps.add(new Step.Apply(batch));
        }
        owned.forEach(id -> steps.add(new Step.Move(id)));
        return steps;
    }

    /** What writers of the instance do while batches come: one list for each of them. */
    List<List<Step>> doings(int writers) {
        List<List<Step>> doings = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            List<Step> steps = new ArrayList<>();
            for (int left = 3 + random.nextInt(10); left > 0; left--) {
                steps.add(someDoing());
            }
            doings.add(steps);
        }
        return doings;
    }

    private Step someDoing() {
        EntityId id = owned.get(random.nextInt(owned.size()));
        return switch (random.nextInt(10)) {
            case 0 -> new Step.Delete(id);
            case 1, 2 -> new Step.Move(id);
            case 3, 4, 5 -> someAlternateId().<Step>map(Step.Refer::new).orElseGet(this::someWrite);
            default -> someWrite();
        };
    }

    private List<List<ChangeEvent>> batches() {
        int transactions = 4 + random.nextInt(20);
        List<ChangeEvent> events =
                new ArrayList<>(
                        new OwnerLife(random, this::someContent, coverage, replicated)
                                .events(transactions));
        for (ChangeEvent event : List.copyOf(events)) {
            if (random.nextInt(4) == 0) {
                coverage.add(Happening.DUPLICATE);
                events.add(event);
            }
        }
        Collections.shuffle(events, random);
        List<List<ChangeEvent>> batches = new ArrayList<>();
        int largest = 1 + random.nextInt(8);
        for (int from = 0; from < events.size(); ) {
            int to = Math.min(events.size(), from + 1 + random.nextInt(largest));
            batches.add(List.copyOf(events.subList(from, to)));
            from = to;
        }
        return batches;
    }

    private EntityContent someContent(EntityId id) {
        EntityType type = id.type();
        EntityContent some = EntityContent.ofKey(type, id.key());
        for (EntityField field : type.fields()) {
            if (field.equals(type.key())) {
                continue;
            }
            if (field.reference().isPresent()) {
                some = some.with(field, someReference(field).orElse(null));
            } else if (field.name().equals("code")) {
                some = some.with(field, random.nextInt(4) == 0 ? null : someCode());
            } else if (field.name().equals("number")) {
                some = some.with(field, someNumber());
            } else if (field.required() || random.nextBoolean()) {
                some = some.with(field, content.value(field));
            }
        }
        return some;
    }

    private Optional<Object> someReference(EntityField field) {
        if (random.nextInt(8) == 0) {
            // What another instance has, that knows the entity only by its alternate key.
            return someAlternateId(catalog.target(field))
                    .map(id -> id.provisionalKey(0).orElseThrow().value());
        }
        List<EntityId> targets = ofType(catalog.target(field));
        int choice = random.nextInt(targets.size() + 2);
        return choice < targets.size()
                ? Optional.of(targets.get(choice).key().value())
                : Optional.empty();
    }

    private Object anyOf(EntityField field) {
        return ofType(catalog.target(field)).getFirst().key().value();
    }

    private List<EntityId> ofType(EntityType type) {
        return entities().stream().filter(id -> id.type().equals(type)).toList();
    }

    private String someCode() {
        return prefix + random.nextInt(CODES);
    }

    private long someNumber() {
        return prefix.hashCode() * 1000L + random.nextInt(CODES);
    }

    private Step.Write someWrite() {
        EntityId id = owned.get(random.nextInt(owned.size()));
        Map<EntityField, AlternateId> byAlternateKey = new HashMap<>();
        for (EntityField reference : id.type().references()) {
            if (random.nextInt(3) > 0) {
                someAlternateId(catalog.target(reference))
                        .ifPresent(other -> byAlternateKey.put(reference, other));
            }
        }
        return new Step.Write(someContent(id), byAlternateKey);
    }

    private Optional<AlternateId> someAlternateId() {
        EntityId any = replicated.get(random.nextInt(replicated.size()));
        return someAlternateId(any.type());
    }

    private Optional<AlternateId> someAlternateId(EntityType type) {
        List<AlternateKey> keys = type.alternateKeys();
        if (keys.isEmpty() || !RandomDomain.keysCanBeDerived(type)) {
            return Optional.empty();
        }
        AlternateKey key = keys.get(random.nextInt(keys.size()));
        List<Object> values = new ArrayList<>();
        for (EntityField field : key.fields()) {
            if (field.reference().isPresent()) {
                values.add(someReference(field).orElseGet(() -> anyOf(field)));
            } else {
                values.add(field.name().equals("code") ? someCode() : someNumber());
            }
        }
        return Optional.of(new AlternateId(type, key, values));
    }
}
