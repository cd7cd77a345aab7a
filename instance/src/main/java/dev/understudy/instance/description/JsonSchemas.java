package dev.understudy.instance.description;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.FieldType;
import java.util.List;

/** What bodies look like, as OpenAPI's JSON schemas. */
final class JsonSchemas {
    private JsonSchemas() {}

    static ObjectNode entity(Catalog catalog, EntityType type) {
        ObjectNode schema = object();
        ObjectNode properties = schema.putObject("properties");
        properties.set("@odata.etag", readOnly());
        properties.set("@understudy.state", readOnly());
        for (EntityField field : type.fields()) {
            ObjectNode property = field(field);
            if (!field.required()) {
                property.put("nullable", true);
            }
            properties.set(field.name(), property);
        }
        for (EntityField reference : type.references()) {
            properties
                    .putObject(reference.navigation() + "@odata.bind")
                    .put("type", "string")
                    .put("nullable", !reference.required())
                    .put("example", "/%s(…)".formatted(catalog.target(reference).entitySet()));
        }
        return schema;
    }

    static ObjectNode page(String entity) {
        ObjectNode schema = object();
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("@odata.count").put("type", "integer");
        properties.putObject("@odata.nextLink").put("type", "string");
        properties.putObject("value").put("type", "array").putObject("items").put("$ref", entity);
        return schema;
    }

    static ObjectNode error() {
        ObjectNode schema = object();
        ObjectNode error = schema.putObject("properties").putObject("error").put("type", "object");
        ObjectNode properties = error.putObject("properties");
        properties.putObject("code").put("type", "string");
        properties.putObject("message").put("type", "string");
        return schema;
    }

    static ObjectNode field(EntityField field) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        return switch (field.type()) {
            case FieldType.Text _, FieldType.LocalTimestamp _, FieldType.Time _ ->
                    schema.put("type", "string");
            case FieldType.Uuid _ -> schema.put("type", "string").put("format", "uuid");
            case FieldType.Whole(boolean narrow) ->
                    schema.put("type", "integer").put("format", narrow ? "int32" : "int64");
            case FieldType.Real(boolean narrow) ->
                    schema.put("type", "number").put("format", narrow ? "float" : "double");
            case FieldType.Decimal _ -> schema.put("type", "number");
            case FieldType.Bool _ -> schema.put("type", "boolean");
            case FieldType.Date _ -> schema.put("type", "string").put("format", "date");
            case FieldType.Timestamp _ -> schema.put("type", "string").put("format", "date-time");
            case FieldType.Bytes _ -> schema.put("type", "string").put("format", "byte");
            case FieldType.Symbol(List<String> symbols) -> {
                ArrayNode values = schema.put("type", "string").putArray("enum");
                symbols.forEach(values::add);
                yield schema;
            }
            case FieldType.Document _ -> schema;
        };
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode().put("type", "object");
    }

    private static ObjectNode readOnly() {
        return JsonNodeFactory.instance.objectNode().put("type", "string").put("readOnly", true);
    }
}
