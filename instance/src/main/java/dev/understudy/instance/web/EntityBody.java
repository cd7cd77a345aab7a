package dev.understudy.instance.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.instance.write.GivenField;
import dev.understudy.schemas.codec.InvalidValueException;
import dev.understudy.schemas.codec.JsonValues;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fields that a body gives.
 *
 * @param key the key, if it is among them
 * @param fields the others
 */
record EntityBody(Optional<EntityKey> key, List<GivenField> fields) {
    private static final String BIND = "@odata.bind";
    private static final String NAME = "@understudy.name";
    private static final int LONGEST_NAME = 400;

    EntityBody {
        fields = List.copyOf(fields);
    }

    /**
     * Reads fields by their names and references by their bindings, with what those are called;
     * other annotations are ignored.
     */
    static EntityBody read(Catalog catalog, EntityType type, ObjectNode body) {
        Map<EntityField, GivenField> given = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> property : body.properties()) {
            String name = property.getKey();
            GivenField field;
            if (name.endsWith(BIND)) {
                field = binding(catalog, type, name, property.getValue());
            } else if (name.indexOf('@') >= 0) {
                continue;
            } else {
                field = field(type, name, property.getValue());
            }
            if (given.put(field.field(), field) != null) {
                throw ApiException.invalidField(
                        "%s is given twice: by its name and by %s%s"
                                .formatted(field.field().name(), field.field().navigation(), BIND));
            }
        }
        given.replaceAll((field, one) -> named(field, one, body));
        GivenField key = given.remove(type.key());
        return new EntityBody(
                Optional.ofNullable(key).map(GivenField::value).map(value -> key(type, value)),
                List.copyOf(given.values()));
    }

    /**
     * With the name beside it, {@code account@understudy.name}, if it is a reference to somebody.
     */
    private static GivenField named(EntityField field, GivenField given, ObjectNode body) {
        JsonNode name = body.get(field.navigation() + NAME);
        if (name == null || name.isNull() || field.reference().isEmpty() || given.value() == null) {
            return given;
        }
        String text = name.isTextual() ? name.textValue().strip() : "";
        if (text.isEmpty() || text.length() > LONGEST_NAME || !isStorable(text)) {
            throw ApiException.invalidField(
                    "%s%s: expected a string of 1 to %d characters"
                            .formatted(field.navigation(), NAME, LONGEST_NAME));
        }
        return new GivenField(field, given.value(), Optional.of(text));
    }

    /** Whether PostgreSQL can hold it: half a surrogate pair is no text, and it has no NUL. */
    private static boolean isStorable(String text) {
        return text.indexOf('\0') < 0 && UTF_8.newEncoder().canEncode(text);
    }

    private static GivenField field(EntityType type, String name, JsonNode json) {
        EntityField field =
                type.field(name)
                        .orElseThrow(() ->
                                ApiException.invalidField(
                                        "%s has no field '%s'".formatted(type, name)));
        return new GivenField(field, json.isNull() ? null : value(field, json));
    }

    private static Object value(EntityField field, JsonNode json) {
        try {
            return JsonValues.fromJson(field, json);
        } catch (InvalidValueException e) {
            throw ApiException.invalidField("%s: %s".formatted(field.name(), e.getMessage()));
        }
    }

    private static GivenField binding(
            Catalog catalog, EntityType type, String name, JsonNode json) {
        String navigation = name.substring(0, name.length() - BIND.length());
        EntityField field =
                type.references().stream()
                        .filter(reference -> reference.navigation().equals(navigation))
                        .findFirst()
                        .orElseThrow(() ->
                                new ApiException(
                                        ErrorCode.INVALID_REFERENCE,
                                        "%s has no reference '%s'".formatted(type, navigation)));
        return new GivenField(field, json.isNull() ? null : bound(catalog, field, json));
    }

    private static Object bound(Catalog catalog, EntityField field, JsonNode json) {
        EntityType target = catalog.target(field);
        if (!json.isTextual()) {
            throw invalidReference(field, target, "not " + json);
        }
        return referred(catalog, field, json.textValue());
    }

    /** The key, or the alternate key, of the entity with this URL. */
    static Object referred(Catalog catalog, EntityField field, String url) {
        EntityType target = catalog.target(field);
        ResourcePath path;
        try {
            path = ResourcePath.parse(catalog, relative(url));
        } catch (ApiException e) {
            throw invalidReference(field, target, "'%s': %s".formatted(url, e.message()));
        }
        if (!(path instanceof ResourcePath.Entity(var address)) || !address.type().equals(target)) {
            throw invalidReference(field, target, "not '%s'".formatted(url));
        }
        return switch (address) {
            case EntityAddress.ByKey(var id) -> id.key().value();
            case EntityAddress.ByAlternateKey(var id) -> id;
        };
    }

    private static ApiException invalidReference(EntityField field, EntityType target, String why) {
        return new ApiException(
                ErrorCode.INVALID_REFERENCE,
                "%s%s: expected a string such as /%s(…), %s"
                        .formatted(field.navigation(), BIND, target.entitySet(), why));
    }

    /** What follows the API's base in an absolute URL, or a leading slash. */
    static String relative(String url) {
        int base = url.indexOf(ApiController.BASE + "/");
        if (base >= 0) {
            return url.substring(base + ApiController.BASE.length() + 1);
        }
        return url.startsWith("/") ? url.substring(1) : url;
    }

    private static EntityKey key(EntityType type, @Nullable Object value) {
        try {
            return type.keyType().of(java.util.Objects.requireNonNull(value));
        } catch (IllegalArgumentException e) {
            throw ApiException.invalidKey("%s: %s".formatted(type.key().name(), e.getMessage()));
        }
    }
}
