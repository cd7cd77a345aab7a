package dev.understudy.chaos.load;

import dev.understudy.lob.client.Body;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a write gives an entity: as it is sent, and as a reader must find it. */
final class Written {
    private final Body body = new Body();
    private final Map<String, String> fields = new TreeMap<>();

    Written text(String field, Object value) {
        body.text(field, value);
        return gives(field, value);
    }

    Written number(String field, int value) {
        body.number(field, value);
        return gives(field, value);
    }

    Written flag(String field, boolean value) {
        body.flag(field, value);
        return gives(field, value);
    }

    Written instant(String field, Instant value) {
        body.instant(field, value);
        return gives(field, value);
    }

    /** A reference, whose field has the name of its navigation with {@code Id}. */
    Written refers(String navigation, String set, @Nullable UUID to) {
        if (to != null) {
            body.bind(navigation, set, to);
            var _ = gives(navigation + "Id", to);
        }
        return this;
    }

    private Written gives(String field, Object value) {
        fields.put(field, value.toString());
        return this;
    }

    Body body() {
        return body;
    }

    Map<String, String> fields() {
        return Map.copyOf(fields);
    }
}
