package dev.understudy.instance.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.instance.query.Expansion;
import dev.understudy.instance.query.Shape;
import dev.understudy.schemas.codec.JsonValues;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.EntityStore;
import dev.understudy.store.RecordState;
import dev.understudy.store.query.EntityQueries;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Rows as JSON, with the record states of what they refer to and since when the placeholders among
 * these wait, which is read in one go for all rows.
 */
@Singleton
final class EntityJson {
    private static final String STATE = "@understudy.state";
    private static final String PLACED_ON = "@understudy.placedOn";
    private static final String NAME = "@understudy.name";

    private final Catalog catalog;
    private final EntityStore store;
    private final EntityQueries queries;

    EntityJson(Catalog catalog, EntityStore store, EntityQueries queries) {
        this.catalog = catalog;
        this.store = store;
        this.queries = queries;
    }

    /** One JSON object for each row, in their order. */
    List<ObjectNode> of(List<EntityRow> rows, Shape shape) {
        Set<EntityId> referred = new HashSet<>();
        for (EntityRow row : rows) {
            for (EntityField field : row.content().type().references()) {
                EntityKey key = row.content().reference(field);
                if (key != null && shape.tellsOf(field)) {
                    referred.add(new EntityId(catalog.target(field), key));
                }
            }
        }
        References references =
                References.read(
                        store,
                        referred,
                        rows.stream()
                                .filter(row -> row.state() == RecordState.PLACEHOLDER)
                                .map(EntityRow::id)
                                .toList());
        List<ObjectNode> objects =
                rows.stream().map(row -> object(row, shape, references)).toList();
        for (Expansion expansion : shape.expansions()) {
            expand(expansion, rows, objects);
        }
        return objects;
    }

    /** Puts the entities that rows refer to into the rows' objects. */
    private void expand(Expansion expansion, List<EntityRow> rows, List<ObjectNode> objects) {
        EntityField field = expansion.reference();
        EntityType target = catalog.target(field);
        Set<EntityKey> keys = new HashSet<>();
        for (EntityRow row : rows) {
            EntityKey key = row.content().reference(field);
            if (key != null) {
                keys.add(key);
            }
        }
        Map<EntityId, EntityRow> found = keys.isEmpty() ? Map.of() : queries.rows(target, keys);
        Map<EntityId, ObjectNode> shown = new HashMap<>();
        List<EntityId> ids =
                found.keySet().stream()
                        .filter(id ->
                                Objects.requireNonNull(found.get(id)).state()
                                        != RecordState.DELETED)
                        .toList();
        List<ObjectNode> all =
                of(
                        ids.stream().map(id -> Objects.requireNonNull(found.get(id))).toList(),
                        expansion.shape());
        for (int i = 0; i < ids.size(); i++) {
            shown.put(ids.get(i), all.get(i));
        }
        for (int i = 0; i < objects.size(); i++) {
            EntityKey key = rows.get(i).content().reference(field);
            ObjectNode entity = key == null ? null : shown.get(new EntityId(target, key));
            if (rows.get(i).state() == RecordState.HYDRATED) {
                objects.get(i).set(field.navigation(), entity == null ? null : entity.deepCopy());
            }
        }
    }

    /** What is known of the entities that rows refer to, and of the placeholders among the rows. */
    private record References(
            Map<EntityId, RecordState> states,
            Map<EntityId, Instant> placements,
            Map<EntityId, String> names) {

        static References read(
                EntityStore store, Set<EntityId> referred, List<EntityId> placeholderRows) {
            Map<EntityId, RecordState> states = statesOfEntities(store, referred);
            List<EntityId> placeholders =
                    states.entrySet().stream()
                            .filter(state -> state.getValue() == RecordState.PLACEHOLDER)
                            .map(Map.Entry::getKey)
                            .toList();
            Set<EntityId> named = new HashSet<>(placeholders);
            named.addAll(placeholderRows);
            return new References(
                    states,
                    placeholders.isEmpty() ? Map.of() : store.placements(placeholders),
                    named.isEmpty() ? Map.of() : store.names(named));
        }

        /** A row may refer for a moment to the alias of an entity that has just come. */
        private static Map<EntityId, RecordState> statesOfEntities(
                EntityStore store, Set<EntityId> referred) {
            if (referred.isEmpty()) {
                return Map.of();
            }
            Map<EntityId, RecordState> states = new HashMap<>(store.states(referred));
            for (EntityId id : referred) {
                if (states.get(id) == RecordState.ALIAS) {
                    store.read(id).ifPresent(entity -> states.put(id, entity.state()));
                }
            }
            return states;
        }

        void annotate(ObjectNode json, String navigation, EntityId target) {
            RecordState state = states.get(target);
            if (state != null) {
                json.put(navigation + STATE, state.toString());
            }
            Instant placed = placements.get(target);
            if (placed != null) {
                json.put(navigation + PLACED_ON, placed.toString());
            }
            name(json, navigation, target);
        }

        void name(ObjectNode json, String navigation, EntityId placeholder) {
            String name = names.get(placeholder);
            if (name != null) {
                json.put(navigation + NAME, name);
            }
        }
    }

    private ObjectNode object(EntityRow row, Shape shape, References references) {
        EntityType type = row.content().type();
        ObjectNode json = Json.object();
        json.put("@odata.etag", ETags.of(row.version()));
        json.put(STATE, row.state().toString());
        if (row.state() == RecordState.PLACEHOLDER) {
            json.put(PLACED_ON, row.changedAt().toString());
            references.name(json, "", row.id());
        }
        if (row.state() != RecordState.HYDRATED) {
            json.set(type.key().name(), JsonValues.toJson(type.key(), row.content().key().value()));
            return json;
        }
        for (EntityField field : type.fields()) {
            Object value = row.content().value(field);
            if (shape.selection().shows(field) || field.equals(type.key())) {
                json.set(field.name(), value == null ? null : JsonValues.toJson(field, value));
            }
            EntityKey reference =
                    field.reference().isPresent() ? row.content().reference(field) : null;
            if (reference != null) {
                references.annotate(
                        json, field.navigation(), new EntityId(catalog.target(field), reference));
            }
        }
        return json;
    }
}
