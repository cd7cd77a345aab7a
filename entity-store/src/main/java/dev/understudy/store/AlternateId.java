package dev.understudy.store;

import dev.understudy.schemas.model.AlternateKey;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.KeyType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One entity, named by an alternate key.
 *
 * @param values of the key's fields in their order, each of the class that its type names; no nulls
 */
public record AlternateId(EntityType type, AlternateKey key, List<Object> values) {
    /** Never to be changed: provisional keys are derived in it, in every process and version. */
    private static final UUID NAMESPACE = UUID.fromString("5b0c7a52-9a3e-4f43-8a64-0f6f7d1f2c11");

    public AlternateId {
        values = List.copyOf(values);
        if (!type.alternateKeys().contains(key)) {
            throw new IllegalArgumentException(type + " has no alternate key " + key);
        }
        if (values.size() != key.fields().size()) {
            throw new IllegalArgumentException(
                    "%s has %d values, not %d".formatted(key, key.fields().size(), values.size()));
        }
    }

    /**
     * The key of the placeholder that stands for this entity until its own key is known: a UUID of
     * version 5 (RFC 9562) of type, fields and values, so that any number of writers in any process
     * make exactly one. Empty if the type's keys are no UUIDs, since none can be derived then.
     *
     * @param generation from 0: how often the placeholders of these values have become aliases
     */
    public Optional<EntityKey> provisionalKey(int generation) {
        if (type.keyType() != KeyType.UUID) {
            return Optional.empty();
        }
        StringBuilder name = new StringBuilder();
        append(name, type.fullName());
        for (int i = 0; i < values.size(); i++) {
            append(name, key.fields().get(i).name());
            append(name, text(values.get(i)));
        }
        if (generation > 0) {
            append(name, Integer.toString(generation));
        }
        return Optional.of(new EntityKey.OfUuid(version5(name.toString())));
    }

    /** The values as content, without a key. */
    public EntityContent content() {
        @Nullable Object[] content = new Object[type.fields().size()];
        for (EntityField field : key.fields()) {
            content[field.index()] = values.get(key.fields().indexOf(field));
        }
        return EntityContent.of(type, content);
    }

    /** The same key with the values that it has in this content. */
    public AlternateId in(EntityContent content) {
        List<Object> others = new ArrayList<>();
        for (EntityField field : key.fields()) {
            others.add(Objects.requireNonNull(content.value(field)));
        }
        return new AlternateId(type, key, others);
    }

    /** Whether a key may be a provisional one; false for every key that is not a version 5 UUID. */
    public static boolean mayBeProvisional(EntityKey key) {
        return key instanceof EntityKey.OfUuid(UUID uuid) && uuid.version() == 5;
    }

    /** As a person writes it: {@code contoso.crm.Account(accountNumber='A-1')}. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        for (EntityField field : key.fields()) {
            parts.add(field.name() + "='" + values.get(parts.size()) + "'");
        }
        return type + "(" + String.join(",", parts) + ")";
    }

    private static void append(StringBuilder name, String part) {
        name.append(part.length()).append(':').append(part);
    }

    private static String text(Object value) {
        return switch (value) {
            case BigDecimal number -> number.stripTrailingZeros().toPlainString();
            case ByteBuffer bytes -> hex(bytes);
            default -> value.toString();
        };
    }

    private static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return HexFormat.of().formatHex(copy);
    }

    private static UUID version5(String name) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(bytes(NAMESPACE.getMostSignificantBits()));
            sha1.update(bytes(NAMESPACE.getLeastSignificantBits()));
            byte[] hash = sha1.digest(name.getBytes(StandardCharsets.UTF_8));
            long high = (number(hash, 0) & ~0xF000L) | 0x5000L;
            long low = (number(hash, 8) & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    private static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private static long number(byte[] bytes, int offset) {
        return ByteBuffer.wrap(bytes, offset, Long.BYTES).getLong();
    }
}
