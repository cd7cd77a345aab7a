package dev.understudy.lob.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a write, built field by field; fields that are null are left out. Not thread-safe.
 */
public final class Body {

    private final ObjectNode json = JsonNodeFactory.instance.objectNode();

    /** Any value whose text form is its JSON form: strings, UUIDs, dates, enum symbols. */
    public Body text(String field, @Nullable Object value) {
        if (value != null) {
            json.put(field, value.toString());
        }
        return this;
    }

    public Body number(String field, @Nullable Integer value) {
        if (value != null) {
            json.put(field, value);
        }
        return this;
    }

    public Body decimal(String field, @Nullable BigDecimal value) {
        if (value != null) {
            json.put(field, value);
        }
        return this;
    }

    public Body flag(String field, boolean value) {
        json.put(field, value);
        return this;
    }

    /** A timestamp, cut to the microseconds that entities carry. */
    public Body instant(String field, @Nullable Instant value) {
        return text(field, value == null ? null : value.truncatedTo(ChronoUnit.MICROS));
    }

    /** A reference, as a binding of its navigation: {@code bind("account", "accounts", id)}. */
    public Body bind(String navigation, String set, @Nullable UUID id) {
        return text(navigation + "@odata.bind", id == null ? null : "/" + set + "(" + id + ")");
    }

    ObjectNode json() {
        return json;
    }
}
