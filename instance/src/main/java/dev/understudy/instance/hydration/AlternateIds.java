package dev.understudy.instance.hydration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.schemas.codec.InvalidValueException;
import dev.understudy.schemas.codec.JsonValues;
import dev.understudy.schemas.model.AlternateKey;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.AlternateId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Entities that are named by an alternate key, as JSON objects of fields and values. */
final class AlternateIds {
    private AlternateIds() {}

    static JsonNode json(AlternateId id) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        List<EntityField> fields = id.key().fields();
        for (int i = 0; i < fields.size(); i++) {
            json.set(fields.get(i).name(), JsonValues.toJson(fields.get(i), id.values().get(i)));
        }
        return json;
    }

    /** Empty if the type has no such alternate key, as after a change of its schema. */
    static Optional<AlternateId> of(EntityType type, JsonNode json) {
        Set<String> names = new HashSet<>();
        json.fieldNames().forEachRemaining(names::add);
        return type.alternateKeys().stream()
                .filter(key -> names(key).equals(names))
                .findFirst()
                .flatMap(key -> of(type, key, json));
    }

    private static Optional<AlternateId> of(EntityType type, AlternateKey key, JsonNode json) {
        try {
            List<Object> values = new ArrayList<>();
            for (EntityField field : key.fields()) {
                values.add(JsonValues.fromJson(field, json.required(field.name())));
            }
            return Optional.of(new AlternateId(type, key, values));
        } catch (InvalidValueException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Set<String> names(AlternateKey key) {
        return key.fields().stream().map(EntityField::name).collect(Collectors.toSet());
    }
}
