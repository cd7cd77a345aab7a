package dev.understudy.schemas.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.schemas.model.FieldType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Arrays, maps and nested records, to any depth, as JSON. */
public final class Documents {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Documents() {}

    /** The JSON of an Avro value of this schema. */
    public static JsonNode fromAvro(Schema schema, @Nullable Object avro) {
        if (avro == null) {
            return NullNode.getInstance();
        }
        Schema bare = bare(schema);
        return switch (bare.getType()) {
            case ARRAY -> {
                ArrayNode array = NODES.arrayNode();
                ((Collection<?>) avro)
                        .forEach(item -> array.add(fromAvro(bare.getElementType(), item)));
                yield array;
            }
            case MAP -> {
                ObjectNode object = NODES.objectNode();
                ((Map<?, ?>) avro)
                        .forEach((name, item) ->
                                object.set(name.toString(), fromAvro(bare.getValueType(), item)));
                yield object;
            }
            case RECORD -> {
                ObjectNode object = NODES.objectNode();
                for (Schema.Field field : bare.getFields()) {
                    object.set(
                            field.name(),
                            fromAvro(field.schema(), ((GenericRecord) avro).get(field.pos())));
                }
                yield object;
            }
            default -> {
                FieldType type = FieldType.of(bare);
                yield JsonValues.toJson(type, AvroValues.fromAvro(bare, type, avro));
            }
        };
    }

    /**
     * The Avro value of this JSON.
     *
     * @throws InvalidValueException if the JSON does not have the schema's shape
     */
    public static Object toAvro(Schema schema, JsonNode json) {
        Schema bare = bare(schema);
        return switch (bare.getType()) {
            case ARRAY -> {
                List<@Nullable Object> items = new ArrayList<>();
                for (JsonNode item : shaped(json, json.isArray(), "an array")) {
                    items.add(nullable(bare.getElementType(), item));
                }
                yield items;
            }
            case MAP -> {
                Map<String, @Nullable Object> entries = new LinkedHashMap<>();
                for (Map.Entry<String, JsonNode> entry :
                        shaped(json, json.isObject(), "an object").properties()) {
                    entries.put(entry.getKey(), nullable(bare.getValueType(), entry.getValue()));
                }
                yield entries;
            }
            case RECORD -> record(bare, shaped(json, json.isObject(), "an object"));
            default -> {
                FieldType type = FieldType.of(bare);
                yield AvroValues.toAvro(bare, type, JsonValues.fromJson(bare, type, json));
            }
        };
    }

    /** The same JSON, in the schema's canonical form. */
    static JsonNode checked(Schema schema, JsonNode json) {
        return fromAvro(schema, toAvro(schema, json));
    }

    private static GenericRecord record(Schema schema, JsonNode json) {
        GenericData.Record record = new GenericData.Record(schema);
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            if (schema.getField(entry.getKey()) == null) {
                throw new InvalidValueException(
                        "%s has no field '%s'".formatted(schema.getName(), entry.getKey()), null);
            }
        }
        for (Schema.Field field : schema.getFields()) {
            JsonNode value = json.get(field.name());
            record.put(
                    field.pos(),
                    value == null && field.hasDefaultValue()
                            ? GenericData.get().getDefaultValue(field)
                            : nullable(
                                    field.schema(),
                                    value == null ? NullNode.getInstance() : value));
        }
        return record;
    }

    private static @Nullable Object nullable(Schema schema, JsonNode json) {
        if (!json.isNull()) {
            return toAvro(schema, json);
        }
        if (!schema.isNullable()) {
            throw new InvalidValueException("expected a value, not null", null);
        }
        return null;
    }

    private static JsonNode shaped(JsonNode json, boolean fits, String shape) {
        if (!fits) {
            throw new InvalidValueException("expected " + shape, null);
        }
        return json;
    }

    private static Schema bare(Schema schema) {
        if (!schema.isUnion()) {
            return schema;
        }
        List<Schema> branches =
                schema.getTypes().stream()
                        .filter(branch -> branch.getType() != Schema.Type.NULL)
                        .toList();
        if (branches.size() != 1) {
            throw new InvalidValueException("a union other than with null is not supported", null);
        }
        return branches.getFirst();
    }
}
