package dev.understudy.instance.web;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the path of a request names. */
sealed interface ResourcePath {
    /** The API itself. */
    record Service() implements ResourcePath {}

    /** {@code $metadata}. */
    record Metadata() implements ResourcePath {}

    /** {@code $openapi}. */
    record OpenApi() implements ResourcePath {}

    /** {@code $batch}. */
    record Batch() implements ResourcePath {}

    /** {@code accounts/Microsoft.Dynamics.CRM.UpsertMultiple}, in any namespace or none. */
    record Bulk(EntityType type, BulkAction action) implements ResourcePath {}

    /** {@code accounts}. */
    record EntitySet(EntityType type) implements ResourcePath {}

    /** {@code accounts/$count}. */
    record Count(EntityType type) implements ResourcePath {}

    /** {@code accounts(7f…)}. */
    record Entity(EntityAddress address) implements ResourcePath {}

    /** {@code accounts(7f…)/name}. */
    record Property(EntityAddress address, EntityField field) implements ResourcePath {}

    /** {@code accounts(7f…)/name/$value}. */
    record RawValue(EntityAddress address, EntityField field) implements ResourcePath {}

    /** {@code tickets(7f…)/account}. */
    record Navigation(EntityAddress address, EntityField reference) implements ResourcePath {}

    /** {@code tickets(7f…)/account/$ref}. */
    record Link(EntityAddress address, EntityField reference) implements ResourcePath {}

    /**
     * Reads a path relative to the API's base.
     *
     * @param raw as it came, percent-encoded
     */
    static ResourcePath parse(Catalog catalog, String raw) {
        if (raw.isEmpty() || raw.startsWith("$")) {
            return ofApi(raw);
        }
        List<String> segments =
                Arrays.stream(raw.split("/", -1)).map(ResourcePath::decoded).toList();
        String first = segments.getFirst();
        int parenthesis = first.indexOf('(');
        if (parenthesis < 0) {
            return ofSet(type(catalog, first), segments.subList(1, segments.size()));
        }
        EntityType type = type(catalog, first.substring(0, parenthesis));
        if (!first.endsWith(")")) {
            throw segments.size() > 1 && first.contains("'")
                    ? ApiException.invalidKey("a slash in a key is written %2F")
                    : ApiException.invalidKey("the key's closing parenthesis is missing");
        }
        String literal = first.substring(parenthesis + 1, first.length() - 1);
        EntityAddress address = KeyLiteral.address(type, literal);
        return segments.size() == 1
                ? new Entity(address)
                : part(address, segments.subList(1, segments.size()));
    }

    private static ResourcePath ofApi(String raw) {
        return switch (raw) {
            case "" -> new Service();
            case "$metadata" -> new Metadata();
            case "$batch" -> new Batch();
            case "$openapi" -> new OpenApi();
            default -> throw ApiException.notImplemented(raw);
        };
    }

    private static ResourcePath ofSet(EntityType type, List<String> rest) {
        if (rest.isEmpty()) {
            return new EntitySet(type);
        }
        if (rest.equals(List.of("$count"))) {
            return new Count(type);
        }
        Optional<BulkAction> action = BulkAction.named(rest.getFirst());
        if (rest.size() == 1 && action.isPresent()) {
            return new Bulk(type, action.get());
        }
        throw ApiException.notImplemented("such a path beyond the entity set");
    }

    private static ResourcePath part(EntityAddress address, List<String> rest) {
        String name = rest.getFirst();
        Optional<EntityField> field = address.type().field(name);
        Optional<EntityField> reference =
                address.type().references().stream()
                        .filter(one -> one.navigation().equals(name))
                        .findFirst();
        if (rest.size() == 1 && field.isPresent()) {
            return new Property(address, field.get());
        } else if (rest.size() == 1 && reference.isPresent()) {
            return new Navigation(address, reference.get());
        } else if (rest.size() == 2 && rest.getLast().equals("$value") && field.isPresent()) {
            return new RawValue(address, field.get());
        } else if (rest.size() == 2 && rest.getLast().equals("$ref") && reference.isPresent()) {
            return new Link(address, reference.get());
        } else if (field.isPresent() || reference.isPresent() || name.startsWith("$")) {
            throw ApiException.notImplemented("such a path beyond the entity");
        }
        throw new ApiException(
                ErrorCode.NOT_FOUND,
                "%s has no field or reference '%s'".formatted(address.type(), name));
    }

    private static EntityType type(Catalog catalog, String entitySet) {
        return catalog.byEntitySet(entitySet)
                .orElseThrow(() ->
                        new ApiException(
                                ErrorCode.UNKNOWN_ENTITY_SET,
                                "there is no entity set '%s'".formatted(entitySet)))
                .type();
    }

    private static String decoded(String raw) {
        try {
            return PercentCode.decode(raw);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalidKey(String.valueOf(e.getMessage()));
        }
    }
}
