package dev.understudy.system.simulation;

import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.AlternateKey;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.EntityStore;
import dev.understudy.store.RecordState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges one database after each of its commits, by its rows alone. */
final class Checks {
    private final Catalog catalog;
    private final World world;
    private Map<EntityId, EntityRow> before = new HashMap<>();

    Checks(Catalog catalog, World world) {
        this.catalog = catalog;
        this.world = world;
    }

    void committed(SimulatedDatabase database) {
        committed(database.rows());
    }

    void committed(List<EntityRow> rows) {
        Map<EntityId, EntityRow> after = byId(rows);
        Set<List<Object>> holders = new HashSet<>();
        for (EntityRow row : after.values()) {
            EntityRow old = before.get(row.id());
            if (!row.equals(old)) {
                changed(old, row);
                references(row, after);
            }
            alternateKeys(row, holders);
        }
        for (EntityRow row : before.values()) {
            if (!after.containsKey(row.id()) && row.state() != RecordState.PLACEHOLDER) {
                throw Guarantee.NOTHING_LOST.violated("the row %s is gone".formatted(row));
            }
        }
        before = after;
    }

    private void changed(EntityRow old, EntityRow row) {
        if (old == null) {
            return;
        }
        boolean wasEntity =
                old.state() == RecordState.HYDRATED || old.state() == RecordState.DELETED;
        boolean isEntity =
                row.state() == RecordState.HYDRATED || row.state() == RecordState.DELETED;
        if (wasEntity && !isEntity) {
            throw Guarantee.PLACEHOLDER_OVERWRITES_NOTHING.violated(
                    "%s became %s".formatted(old, row));
        }
        if (row.version().compareTo(old.version()) < 0) {
            throw Guarantee.NEVER_BACK.violated("%s became %s".formatted(old, row));
        }
        if (old.state() == RecordState.DELETED
                && row.state() == RecordState.HYDRATED
                && row.version().equals(old.version())) {
            throw Guarantee.DELETION_STAYS.violated("%s became %s".formatted(old, row));
        }
        note(old, row);
    }

    private void note(EntityRow old, EntityRow row) {
        if (old.state() == RecordState.PLACEHOLDER) {
            switch (row.state()) {
                case HYDRATED -> world.note(Happening.HYDRATED);
                case ALIAS -> world.note(Happening.UNIFIED);
                case DELETED, PLACEHOLDER -> {}
            }
        }
        if (row.state() == RecordState.DELETED) {
            world.note(Happening.DELETED);
        }
        if (!row.ceded().isEmpty()) {
            world.note(Happening.CEDED);
        }
    }

    private void references(EntityRow row, Map<EntityId, EntityRow> rows) {
        for (EntityField field : row.content().type().references()) {
            EntityKey key = row.content().reference(field);
            if (key != null && !rows.containsKey(new EntityId(catalog.target(field), key))) {
                throw Guarantee.FOREIGN_KEYS.violated("%s.%s".formatted(row, field.name()));
            }
        }
    }

    private static void alternateKeys(EntityRow row, Set<List<Object>> holders) {
        EntityType type = row.content().type();
        for (AlternateKey key : type.alternateKeys()) {
            List<Object> held = values(row.content(), key);
            boolean holds = !held.contains(null) && !row.ceded().contains(key);
            held.add(type.fullName());
            held.add(key.fields().getFirst().name());
            if (holds && !holders.add(held)) {
                throw (row.state() == RecordState.PLACEHOLDER
                                ? Guarantee.ONE_PLACEHOLDER
                                : Guarantee.ONE_HOLDER)
                        .violated("two rows have %s".formatted(held));
            }
        }
    }

    private static List<Object> values(EntityContent content, AlternateKey key) {
        List<Object> values = new ArrayList<>();
        key.fields().forEach(field -> values.add(content.value(field)));
        return values;
    }

    /** All below an offset that is committed is in the database, or newer. */
    void offsets(EntityStore database, SimulatedPartition partition, long from, long to) {
        EntityType type = catalog.byTopic(partition.name().topic()).orElseThrow().type();
        for (SimulatedPartition.Entry entry : partition.read(from, Integer.MAX_VALUE)) {
            if (entry.offset() >= to || entry.isTombstone()) {
                continue;
            }
            EntityId id = new EntityId(type, type.keyType().parse(entry.key()));
            Version there = database.read(id).map(EntityRow::version).orElse(Version.NONE);
            if (there.number() < entry.version()) {
                throw Guarantee.OFFSETS_FOLLOW_DATABASE.violated(
                        "%s-%s is committed to %d, and %s has version %d, not %d as at %d"
                                .formatted(
                                        partition.name().topic(),
                                        partition.name().partition(),
                                        to,
                                        id,
                                        there.number(),
                                        entry.version(),
                                        entry.offset()));
            }
        }
    }

    /** The last record of each key is its highest version. */
    static void lastIsHighest(SimulatedKafka kafka) {
        for (SimulatedPartition partition : kafka.partitions()) {
            Map<String, Long> highest = new HashMap<>();
            Map<String, Long> last = new HashMap<>();
            for (SimulatedPartition.Entry entry : partition.read(0, Integer.MAX_VALUE)) {
                if (!entry.isTombstone()) {
                    highest.merge(entry.key(), entry.version(), Math::max);
                    last.put(entry.key(), entry.version());
                }
            }
            if (!highest.equals(last)) {
                throw Guarantee.LAST_IS_HIGHEST.violated(
                        "%s has as highest %s, as last %s"
                                .formatted(partition.name(), highest, last));
            }
        }
    }

    /** The owner's entities are the replica's, apart from some. */
    static void agree(
            Guarantee guarantee,
            List<EntityRow> owner,
            List<EntityRow> replica,
            Set<EntityId> apartFrom) {
        Set<EntityId> differing = differing(owner, replica);
        differing.removeAll(apartFrom);
        if (!differing.isEmpty()) {
            EntityId id = differing.iterator().next();
            throw guarantee.violated(
                    "the owner has %s, the replica %s"
                            .formatted(byId(owner).get(id), byId(replica).get(id)));
        }
    }

    /** The entities of the owner that the replica has otherwise. */
    static Set<EntityId> differing(List<EntityRow> owner, List<EntityRow> replica) {
        Set<EntityId> differing = new HashSet<>();
        Map<EntityId, EntityRow> owned = byId(entities(owner));
        Map<EntityId, EntityRow> replicated = byId(entities(replica));
        owned.forEach((id, row) -> {
            if (!isSame(row, replicated.get(id))) {
                differing.add(id);
            }
        });
        replicated.keySet().stream().filter(id -> !owned.containsKey(id)).forEach(differing::add);
        return differing;
    }

    private static boolean isSame(EntityRow owned, @Nullable EntityRow replicated) {
        return replicated != null
                && owned.state() == replicated.state()
                && owned.version().equals(replicated.version())
                && Objects.equals(owned.content(), replicated.content())
                && replicated.ceded().isEmpty();
    }

    private static List<EntityRow> entities(List<EntityRow> rows) {
        return rows.stream()
                .filter(row -> Domain.isOwned(row.id()))
                .filter(row ->
                        row.state() == RecordState.HYDRATED || row.state() == RecordState.DELETED)
                .toList();
    }

    private static Map<EntityId, EntityRow> byId(List<EntityRow> rows) {
        Map<EntityId, EntityRow> byId = new HashMap<>();
        rows.forEach(row -> byId.put(row.id(), row));
        return byId;
    }
}
