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
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rows as JSON, with the record states of what they refer to, which are read in one go. */
@Singleton
final class EntityJson {
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
        Map<EntityId, RecordState> states = referred.isEmpty() ? Map.of() : store.states(referred);
        return rows.stream().map(row -> object(row, states)).toList();
    }

    private ObjectNode object(EntityRow row, Map<EntityId, RecordState> states) {
        EntityType type = row.content().type();
        ObjectNode json = Json.object();
        json.put("@odata.etag", ETags.of(row.version()));
        json.put("@understudy.state", row.state().toString());
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
                RecordState state = states.get(new EntityId(catalog.target(field), reference));
                if (state != null) {
                    json.put(field.navigation() + "@understudy.state", state.toString());
                }
            }
        }
        return json;
    }
}
