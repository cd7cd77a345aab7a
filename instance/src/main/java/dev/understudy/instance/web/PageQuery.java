package dev.understudy.instance.web;

import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The query options of a read of an entity set.
 *
 * @param top rows to answer with at most, over all pages from here
 * @param after the key after which the page begins
 */
record PageQuery(OptionalInt top, Optional<EntityKey> after) {
    private static final String TOP = "$top";
    private static final String SKIP_TOKEN = "$skiptoken";

    static PageQuery parse(EntityType type, @Nullable String rawQuery) {
        OptionalInt top = OptionalInt.empty();
        Optional<EntityKey> after = Optional.empty();
        String query = rawQuery == null ? "" : rawQuery;
        for (String option : query.split("&", -1)) {
            if (option.isEmpty()) {
                continue;
            }
            int equals = option.indexOf('=');
            String name = decoded(equals < 0 ? option : option.substring(0, equals));
            String value = decoded(equals < 0 ? "" : option.substring(equals + 1));
            switch (name) {
                case TOP -> top = OptionalInt.of(number(value));
                case SKIP_TOKEN -> after = Optional.of(key(type, value));
                default -> throw ApiException.notImplemented("the query option " + name);
            }
        }
        return new PageQuery(top, after);
    }

    /** The query of the page that follows one. */
    static String next(OptionalInt remaining, EntityKey last) {
        String token =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(last.text().getBytes(StandardCharsets.UTF_8));
        return (remaining.isPresent() ? TOP + "=" + remaining.getAsInt() + "&" : "")
                + SKIP_TOKEN
                + "="
                + token;
    }

    private static int number(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Answered below, as a negative number is.
        }
        throw ApiException.badRequest("$top is a whole number from 0 up, not '" + text + "'");
    }

    private static EntityKey key(EntityType type, String token) {
        try {
            byte[] text = Base64.getUrlDecoder().decode(token);
            return type.keyType().parse(new String(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException _) {
            throw ApiException.badRequest("$skiptoken is not one of an @odata.nextLink");
        }
    }

    private static String decoded(String raw) {
        try {
            return PercentCode.decode(raw);
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("the query: " + e.getMessage());
        }
    }
}
