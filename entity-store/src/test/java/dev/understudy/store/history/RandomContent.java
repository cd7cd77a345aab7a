package dev.understudy.store.history;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.FieldType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;
import java.util.UUID;

/** Random keys and values. */
final class RandomContent {
    private final Random random;

    RandomContent(Random random) {
        this.random = random;
    }

    EntityKey key(EntityType type) {
        return switch (type.keyType()) {
            case UUID -> new EntityKey.OfUuid(uuid());
            case STRING -> new EntityKey.OfString("key " + Long.toString(random.nextLong(), 36));
            case LONG -> new EntityKey.OfLong(random.nextLong());
        };
    }

    /** A value of a field that refers to nothing. */
    Object value(EntityField field) {
        return switch (field.type()) {
            case FieldType.Text _ -> "text " + random.nextInt();
            case FieldType.Symbol symbol ->
                    symbol.symbols().get(random.nextInt(symbol.symbols().size()));
            case FieldType.Whole _ -> (long) random.nextInt();
            case FieldType.Real _ -> (double) random.nextInt() / 8;
            case FieldType.Bool _ -> random.nextBoolean();
            case FieldType.Decimal decimal -> BigDecimal.valueOf(random.nextInt(), decimal.scale());
            case FieldType.Date _ -> LocalDate.ofEpochDay(random.nextInt(100_000));
            case FieldType.Timestamp _ ->
                    Instant.ofEpochSecond(random.nextInt(), 1000L * random.nextInt(1_000_000));
            case FieldType.Document _ ->
                    JsonNodeFactory.instance.arrayNode().add("a" + random.nextInt()).add("b");
            case FieldType.Uuid _,
                    FieldType.Time _,
                    FieldType.LocalTimestamp _,
                    FieldType.Bytes _ ->
                    throw new IllegalStateException("no random domain has " + field);
        };
    }

    /** Not of version 5, which is that of provisional keys. */
    private UUID uuid() {
        return new UUID((random.nextLong() & ~0xF000L) | 0x4000L, random.nextLong());
    }
}
