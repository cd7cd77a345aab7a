package dev.understudy.instance.description;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.KeyType;
import java.util.List;

/** The API of a catalog's entity sets as an OpenAPI 3.0 document. */
public final class OpenApi {
    private static final List<String> QUERY =
            List.of("$select", "$expand", "$filter", "$orderby", "$top", "$count", "$apply");
    private static final List<String> SHAPE = List.of("$select", "$expand");

    private final Catalog catalog;
    private final String instance;

    /**
     * Of a catalog.
     *
     * @param instance whose API it is: what others own is read-only
     */
    public OpenApi(Catalog catalog, String instance) {
        this.catalog = catalog;
        this.instance = instance;
    }

    /**
     * The document.
     *
     * @param server the API's base URL
     */
    public ObjectNode document(String server) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("openapi", "3.0.3");
        document.putObject("info")
                .put("title", "Understudy: instance " + instance)
                .put("version", "v1.0");
        document.putArray("servers").addObject().put("url", server);
        ObjectNode paths = document.putObject("paths");
        ObjectNode components = document.putObject("components");
        ObjectNode schemas = components.putObject("schemas");
        for (CatalogEntry entry : catalog.entries()) {
            boolean owned = entry.owner().equals(instance);
            set(paths.putObject("/" + entry.type().entitySet()), entry.type(), owned);
            entity(
                    paths.putObject(
                            "/%s(%s)".formatted(entry.type().entitySet(), keyInUrl(entry.type()))),
                    entry.type(),
                    owned);
            schemas.set(name(entry.type()), JsonSchemas.entity(catalog, entry.type()));
        }
        schemas.set("Error", JsonSchemas.error());
        response(components.putObject("responses").putObject("Error"), "An error", "Error");
        return document;
    }

    /** The same of a service that asks for bearer tokens. */
    public static ObjectNode withTokens(ObjectNode document) {
        document.withObject("components")
                .putObject("securitySchemes")
                .putObject("bearer")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("bearerFormat", "JWT");
        document.putArray("security").addObject().putArray("bearer");
        return document;
    }

    private static void set(ObjectNode path, EntityType type, boolean owned) {
        ObjectNode read = operation(path, "get", type, "List " + type.entitySet());
        QUERY.forEach(option -> parameter(read, option, "query"));
        parameter(read, "Prefer", "header");
        ObjectNode page = read.withObject("responses").putObject("200");
        page.put("description", "A page")
                .putObject("content")
                .putObject("application/json")
                .set("schema", JsonSchemas.page(reference(type)));
        if (owned) {
            ObjectNode create = operation(path, "post", type, "Create one of " + type.entitySet());
            body(create, type);
            create.withObject("responses").putObject("204").put("description", "Created");
            response(create.withObject("responses").putObject("201"), "Created", name(type));
        }
    }

    private static void entity(ObjectNode path, EntityType type, boolean owned) {
        ArrayNode parameters = path.putArray("parameters");
        parameters
                .addObject()
                .put("name", type.key().name())
                .put("in", "path")
                .put("required", true)
                .set("schema", JsonSchemas.field(type.key()));
        ObjectNode read = operation(path, "get", type, "Read one of " + type.entitySet());
        SHAPE.forEach(option -> parameter(read, option, "query"));
        parameter(read, "If-None-Match", "header");
        response(read.withObject("responses").putObject("200"), "The entity", name(type));
        if (owned) {
            ObjectNode write = operation(path, "patch", type, "Create or change one");
            conditions(write);
            body(write, type);
            write.withObject("responses").putObject("204").put("description", "Written");
            response(write.withObject("responses").putObject("200"), "Changed", name(type));
            response(write.withObject("responses").putObject("201"), "Created", name(type));
            ObjectNode delete = operation(path, "delete", type, "Delete one");
            conditions(delete);
            delete.withObject("responses").putObject("204").put("description", "Deleted");
        }
    }

    private static void conditions(ObjectNode operation) {
        parameter(operation, "If-Match", "header");
        parameter(operation, "If-None-Match", "header");
        parameter(operation, "Prefer", "header");
    }

    private static ObjectNode operation(
            ObjectNode path, String method, EntityType type, String summary) {
        ObjectNode operation = path.putObject(method);
        operation.put("summary", summary).putArray("tags").add(type.entitySet());
        operation
                .putObject("responses")
                .putObject("default")
                .put("$ref", "#/components/responses/Error");
        return operation;
    }

    private static void parameter(ObjectNode operation, String name, String in) {
        operation
                .withArray("parameters")
                .addObject()
                .put("name", name)
                .put("in", in)
                .putObject("schema")
                .put("type", "string");
    }

    private static void body(ObjectNode operation, EntityType type) {
        operation
                .putObject("requestBody")
                .put("required", true)
                .putObject("content")
                .putObject("application/json")
                .putObject("schema")
                .put("$ref", reference(type));
    }

    private static void response(ObjectNode response, String description, String schema) {
        response.put("description", description)
                .putObject("content")
                .putObject("application/json")
                .putObject("schema")
                .put("$ref", "#/components/schemas/" + schema);
    }

    private static String keyInUrl(EntityType type) {
        String parameter = "{" + type.key().name() + "}";
        return type.keyType() == KeyType.STRING ? "'" + parameter + "'" : parameter;
    }

    private static String reference(EntityType type) {
        return "#/components/schemas/" + name(type);
    }

    static String name(EntityType type) {
        return type.fullName();
    }
}
