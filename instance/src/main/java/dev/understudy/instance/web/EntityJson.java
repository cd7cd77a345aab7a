package dev.understudy.instance.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.schemas.codec.JsonValues;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.EntityStore;
import dev.understudy.store.RecordState;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rows as JSON, with the record states of what they refer to and since when the placeholders among
 * these wait, which is read in one go for all rows.
 */
@Singleton
final class EntityJson {
    private static final String STATE = "@understudy.state";
    private static final String PLACED_ON = "@understudy.placedOn";

    private final Catalog catalog;
    private final EntityStore store;

    EntityJson(Catalog catalog, EntityStore store) {
        this.catalog = catalog;
        this.store = store;
    }

    /** One JSON object for each row, in their order. */
    List<ObjectNode> of(Collection<EntityRow> rows) {
        Set<EntityId> referred = new HashSet<>();
        for (EntityRow row : rows) {
            for (EntityField field : row.content().type().references()) {
                EntityKey key = row.content().reference(field);
                if (key != null) {
                    referred.add(new EntityId(catalog.target(field), key));
                }
            }
        }
        References references = References.read(store, referred);
        return rows.stream().map(row -> object(row, references)).toList();
    }

    /** What is known of the entities that rows refer to. */
    private record References(
            Map<EntityId, RecordState> states, Map<EntityId, Instant> placements) {

        static References read(EntityStore store, Set<EntityId> referred) {
            Map<EntityId, RecordState> states = statesOfEntities(store, referred);
            List<EntityId> placeholders =
                    states.entrySet().stream()
                            .filter(state -> state.getValue() == RecordState.PLACEHOLDER)
                            .map(Map.Entry::getKey)
                            .toList();
            return new References(
                    states, placeholders.isEmpty() ? Map.of() : store.placements(placeholders));
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
        }
    }

    private ObjectNode object(EntityRow row, References references) {
        EntityType type = row.content().type();
        ObjectNode json = Json.object();
        json.put("@odata.etag", ETags.of(row.version()));
        json.put(STATE, row.state().toString());
        if (row.state() == RecordState.PLACEHOLDER) {
            json.put(PLACED_ON, row.changedAt().toString());
        }
        if (row.state() != RecordState.HYDRATED) {
            json.set(type.key().name(), JsonValues.toJson(type.key(), row.content().key().value()));
            return json;
        }
        for (EntityField field : type.fields()) {
            Object value = row.content().value(field);
            if (value == null) {
                json.putNull(field.name());
                continue;
            }
            json.set(field.name(), JsonValues.toJson(field, value));
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
