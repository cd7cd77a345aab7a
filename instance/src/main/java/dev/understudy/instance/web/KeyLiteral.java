package dev.understudy.instance.web;

import dev.understudy.instance.query.AlternateKeyParser;
import dev.understudy.instance.query.InvalidQueryException;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.KeyType;
import dev.understudy.store.EntityId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key as a URL writes it: a uuid or a number bare, a string in quotes, in which a quote is
 * doubled.
 */
final class KeyLiteral {
    private static final Pattern NAMED =
            Pattern.compile("([A-Za-z][A-Za-z0-9_]*)=(.*)", Pattern.DOTALL);

    private KeyLiteral() {}

    /**
     * The entity of this type that is named.
     *
     * @param literal what stands between the parentheses, decoded
     */
    static EntityAddress address(EntityType type, String literal) {
        Matcher named = NAMED.matcher(literal);
        if (named.matches() && !named.group(1).equals(type.key().name())) {
            try {
                return new EntityAddress.ByAlternateKey(AlternateKeyParser.parse(type, literal));
            } catch (InvalidQueryException e) {
                throw ApiException.invalidKey(e.message());
            }
        }
        String value = named.matches() ? named.group(2) : literal;
        return new EntityAddress.ByKey(
                new EntityId(type, parse(type.key(), type.keyType(), value)));
    }

    /** The segment's part between the parentheses, encoded. */
    static String encode(EntityKey key) {
        return switch (key) {
            case EntityKey.OfUuid _, EntityKey.OfLong _ -> key.text();
            case EntityKey.OfString(String text) ->
                    "'" + PercentCode.encode(text.replace("'", "''")) + "'";
        };
    }

    private static EntityKey parse(EntityField field, KeyType type, String literal) {
        try {
            return type == KeyType.STRING
                    ? type.parse(unquoted(literal))
                    : canonical(type.parse(literal), literal);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalidKey("%s: %s".formatted(field.name(), e.getMessage()));
        }
    }

    private static String unquoted(String literal) {
        if (literal.length() < 2 || !literal.startsWith("'") || !literal.endsWith("'")) {
            throw new IllegalArgumentException("a string key stands in quotes: 'A-1'");
        }
        String inner = literal.substring(1, literal.length() - 1);
        if (inner.replace("''", "").contains("'")) {
            throw new IllegalArgumentException("a quote inside a string key is doubled: 'O''Neil'");
        }
        return inner.replace("''", "'");
    }

    /** Refuses second spellings, such as +5, or a uuid with its hyphens elsewhere. */
    private static EntityKey canonical(EntityKey key, String literal) {
        if (!key.text().equalsIgnoreCase(literal)) {
            throw new IllegalArgumentException(
                    "'%s' is written '%s'".formatted(literal, key.text()));
        }
        return key;
    }
}
