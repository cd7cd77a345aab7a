package dev.understudy.instance.web;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityId;

/** What the path of a request names. */
sealed interface ResourcePath {
    /** {@code accounts}. */
    record EntitySet(EntityType type) implements ResourcePath {}

    /** {@code accounts/$count}. */
    record Count(EntityType type) implements ResourcePath {}

    /** {@code accounts(7f…)}. */
    record Entity(EntityId id) implements ResourcePath {}

    /**
     * Reads a path relative to the API's base.
     *
     * @param raw as it came, percent-encoded
     */
    static ResourcePath parse(Catalog catalog, String raw) {
        if (raw.isEmpty() || raw.startsWith("$")) {
            throw ApiException.notImplemented(raw.isEmpty() ? "the service document" : raw);
        }
        if (raw.endsWith("/$count") && raw.indexOf('/') == raw.length() - "/$count".length()) {
            return new Count(type(catalog, decoded(raw.substring(0, raw.indexOf('/')))));
        }
        if (raw.contains("/")) {
            throw raw.contains("'")
                    ? ApiException.invalidKey("a slash in a key is written %2F")
                    : ApiException.notImplemented("a path beyond the entity");
        }
        String segment = decoded(raw);
        int parenthesis = segment.indexOf('(');
        if (parenthesis < 0) {
            return new EntitySet(type(catalog, segment));
        }
        EntityType type = type(catalog, segment.substring(0, parenthesis));
        if (!segment.endsWith(")")) {
            throw ApiException.invalidKey("the key's closing parenthesis is missing");
        }
        String literal = segment.substring(parenthesis + 1, segment.length() - 1);
        return new Entity(new EntityId(type, KeyLiteral.parse(type, literal)));
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
