package dev.understudy.instance.query;

import dev.understudy.schemas.model.AlternateKey;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.FieldType;
import dev.understudy.store.AlternateId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads an entity's alternate key as a URL has it: {@code number='A-1',country='DE'}. */
public final class AlternateKeyParser {
    private AlternateKeyParser() {}

    /**
     * The entity that is named.
     *
     * @param text what stands between the parentheses, decoded
     * @throws InvalidQueryException if it is not written so, or the type has no such key
     */
    public static AlternateId parse(EntityType type, String text) {
        Tokens tokens = new Tokens("the key", text);
        Map<String, Object> values = new HashMap<>();
        do {
            Token name = tokens.expect(Token.Kind.NAME);
            EntityField field =
                    type.field(name.text())
                            .filter(known -> isPartOfKey(type, known))
                            .orElseThrow(() -> unknown(type, name.text()));
            tokens.expect(Token.Kind.EQUALS);
            if (values.put(field.name(), value(field, tokens.next())) != null) {
                throw InvalidQueryException.malformed(field.name() + " is given twice");
            }
        } while (tokens.accept(Token.Kind.COMMA).isPresent());
        tokens.expectEnd();
        for (AlternateKey key : type.alternateKeys()) {
            List<String> names = key.fields().stream().map(EntityField::name).toList();
            if (names.size() == values.size() && values.keySet().containsAll(names)) {
                List<Object> inOrder = new ArrayList<>();
                names.forEach(name -> inOrder.add(Objects.requireNonNull(values.get(name))));
                return new AlternateId(type, key, inOrder);
            }
        }
        throw unknown(type, String.join(",", values.keySet()));
    }

    private static boolean isPartOfKey(EntityType type, EntityField field) {
        return type.alternateKeys().stream().anyMatch(key -> key.fields().contains(field));
    }

    private static Object value(EntityField field, Token token) {
        if (token.is("null")) {
            throw InvalidQueryException.malformed(field.name() + " of a key is not null");
        }
        Object value = Values.of(token, field.type()).value();
        return switch (field.type()) {
            case FieldType.Decimal decimal -> exact(token, decimal);
            case FieldType.Whole _ when !(value instanceof Long) ->
                    throw InvalidQueryException.malformed(field.name() + " is a whole number");
            default -> value;
        };
    }

    private static BigDecimal exact(Token token, FieldType.Decimal type) {
        try {
            return new BigDecimal(token.text()).setScale(type.scale());
        } catch (ArithmeticException _) {
            throw InvalidQueryException.malformed(
                    "%s has more than %d decimals".formatted(token, type.scale()));
        }
    }

    private static InvalidQueryException unknown(EntityType type, String names) {
        return new InvalidQueryException(
                InvalidQueryException.Reason.UNKNOWN_FIELD,
                "%s has no key '%s'".formatted(type, names));
    }
}
