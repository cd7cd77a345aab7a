package dev.understudy.store;

import dev.understudy.schemas.event.Position;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.AlternateKey;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The model's rows. Who holds an alternate key is worked out anew from all rows each time: it is a
 * function of what each entity's latest event says, so of no order of events.
 */
final class ModelRows {
    private static final Comparator<Position> POSITIONS =
            Comparator.nullsFirst(Comparator.naturalOrder());

    private final Catalog catalog;
    private final String instance;
    private final TreeMap<EntityId, EntityRow> rows = new TreeMap<>();
    private final Map<EntityId, Position> positions = new HashMap<>();
    private final Map<EntityId, EntityId> aliases = new HashMap<>();

    ModelRows(Catalog catalog, String instance) {
        this.catalog = catalog;
        this.instance = instance;
    }

    ModelRows copy() {
        ModelRows copy = new ModelRows(catalog, instance);
        copy.rows.putAll(rows);
        copy.positions.putAll(positions);
        copy.aliases.putAll(aliases);
        return copy;
    }

    List<EntityRow> all() {
        return List.copyOf(rows.values());
    }

    /** The row itself, also of an alias; null if there is none. */
    EntityRow row(EntityId id) {
        return rows.get(id);
    }

    /** What an alias stands for; anything else stands for itself. */
    EntityId entity(EntityId id) {
        return aliases.getOrDefault(id, id);
    }

    void put(EntityRow row, Position position) {
        rows.put(
                row.id(),
                new EntityRow(
                        withoutAliases(row.content()),
                        row.state(),
                        row.version(),
                        row.changedAt()));
        positions.put(row.id(), position);
    }

    void place(EntityId id) {
        place(EntityContent.ofKey(id.type(), id.key()));
    }

    Optional<EntityId> holder(AlternateId id) {
        return rows.values().stream()
                .filter(row -> !row.ceded().contains(id.key()))
                .filter(row -> values(row.content(), id.key()).equals(Optional.of(id.values())))
                .filter(row -> row.content().type().equals(id.type()))
                .map(EntityRow::id)
                .findFirst();
    }

    /** The holder, which is a new placeholder if there was none. */
    Optional<EntityId> resolve(AlternateId id) {
        for (int generation = 0; holder(id).isEmpty(); generation++) {
            Optional<EntityKey> key = id.provisionalKey(generation);
            if (key.isEmpty()) {
                return Optional.empty();
            }
            EntityContent content = EntityContent.ofKey(id.type(), key.get());
            for (int i = 0; i < id.values().size(); i++) {
                content = content.with(id.key().fields().get(i), id.values().get(i));
            }
            EntityRow bare = rows.get(new EntityId(id.type(), key.get()));
            if (bare != null && bare.state() == RecordState.PLACEHOLDER && claims(bare).isEmpty()) {
                rows.remove(bare.id());
            }
            place(content);
        }
        return holder(id);
    }

    /** Whether another entity holds one of the content's alternate keys. */
    boolean isTaken(EntityContent content) {
        return rows.values().stream()
                .filter(row -> row.state() == RecordState.HYDRATED)
                .filter(row -> row.content().type().equals(content.type()))
                .filter(row -> !row.content().key().equals(content.key()))
                .anyMatch(row ->
                        content.type().alternateKeys().stream()
                                .anyMatch(key -> same(key, row.content(), content)));
    }

    EntityContent withoutAliases(EntityContent content) {
        EntityContent moved = content;
        for (EntityField field : content.type().references()) {
            EntityKey key = content.reference(field);
            if (key != null) {
                EntityId entity = entity(new EntityId(catalog.target(field), key));
                moved = moved.with(field, entity.key().value());
            }
        }
        return moved;
    }

    /**
     * Decides who holds what.
     *
     * @return the entities that have come for a placeholder
     */
    Set<EntityId> settle() {
        Set<EntityId> awaited = new HashSet<>();
        // A reference that moves may be part of an alternate key, and give another placeholder
        // away.
        for (Optional<EntityRow> next = superseded(); next.isPresent(); next = superseded()) {
            EntityId winner = claims(next.get()).flatMap(this::standsFor).orElseThrow();
            awaited.add(winner);
            makeAlias(next.get().id(), winner);
        }
        for (EntityRow row : all()) {
            if (row.state() == RecordState.HYDRATED) {
                List<AlternateKey> ceded = new ArrayList<>();
                for (AlternateKey key : row.content().type().alternateKeys()) {
                    Optional<AlternateId> claim = claim(row, key);
                    if (claim.isPresent() && !winner(claim.get()).equals(Optional.of(row.id()))) {
                        ceded.add(key);
                    }
                }
                rows.put(
                        row.id(),
                        new EntityRow(
                                row.content(), row.state(), row.version(), row.changedAt(), ceded));
            }
        }
        return awaited;
    }

    private void place(EntityContent content) {
        EntityRow placeholder =
                new EntityRow(content, RecordState.PLACEHOLDER, Version.NONE, Instant.EPOCH);
        rows.putIfAbsent(placeholder.id(), placeholder);
    }

    private void makeAlias(EntityId alias, EntityId entity) {
        EntityContent key = EntityContent.ofKey(alias.type(), alias.key());
        rows.put(alias, new EntityRow(key, RecordState.ALIAS, Version.NONE, Instant.EPOCH));
        aliases.put(alias, entity);
        aliases.replaceAll((_, present) -> present.equals(alias) ? entity : present);
        Set<String> replicated =
                catalog.notOwnedBy(instance).stream()
                        .map(CatalogEntry::type)
                        .map(type -> type.fullName())
                        .collect(Collectors.toSet());
        rows.replaceAll((_, row) ->
                replicated.contains(row.content().type().fullName())
                        ? new EntityRow(
                                withoutAliases(row.content()),
                                row.state(),
                                row.version(),
                                row.changedAt(),
                                row.ceded())
                        : row);
    }

    /** A placeholder for values that another row stands for. */
    private Optional<EntityRow> superseded() {
        return rows.values().stream()
                .filter(row -> row.state() == RecordState.PLACEHOLDER)
                .filter(row ->
                        claims(row)
                                .flatMap(this::standsFor)
                                .filter(other -> !other.equals(row.id()))
                                .isPresent())
                .findFirst();
    }

    /** The entity that has come, else of all placeholders the one of the lowest key. */
    private Optional<EntityId> standsFor(AlternateId id) {
        return winner(id)
                .or(() ->
                        rows.values().stream()
                                .filter(row -> row.state() == RecordState.PLACEHOLDER)
                                .filter(row -> claims(row).equals(Optional.of(id)))
                                .map(EntityRow::id)
                                .findFirst());
    }

    /** The hydrated row of the highest position that claims it; of equal ones the lowest key. */
    private Optional<EntityId> winner(AlternateId id) {
        return rows.values().stream()
                .filter(row -> row.state() == RecordState.HYDRATED)
                .filter(row -> row.content().type().equals(id.type()))
                .filter(row -> claim(row, id.key()).equals(Optional.of(id)))
                .map(EntityRow::id)
                .max(
                        Comparator.comparing((EntityId row) -> positions.get(row), POSITIONS)
                                .thenComparing(Comparator.reverseOrder()));
    }

    /** What a placeholder stands for, if it was made for an alternate key. */
    private static Optional<AlternateId> claims(EntityRow row) {
        return row.content().type().alternateKeys().stream()
                .flatMap(key -> claim(row, key).stream())
                .findFirst();
    }

    private static Optional<AlternateId> claim(EntityRow row, AlternateKey key) {
        return values(row.content(), key)
                .map(values -> new AlternateId(row.content().type(), key, values));
    }

    private static boolean same(AlternateKey key, EntityContent one, EntityContent other) {
        Optional<List<Object>> values = values(one, key);
        return values.isPresent() && values.equals(values(other, key));
    }

    private static Optional<List<Object>> values(EntityContent content, AlternateKey key) {
        if (!content.type().alternateKeys().contains(key)) {
            return Optional.empty();
        }
        List<Object> values = new ArrayList<>();
        for (EntityField field : key.fields()) {
            if (content.value(field) == null) {
                return Optional.empty();
            }
            values.add(content.value(field));
        }
        return Optional.of(values);
    }
}
