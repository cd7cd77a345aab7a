package dev.understudy.lob.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of one entity as read; a field that is missing or of another kind is an
 * IllegalArgumentException.
 */
public final class Fields {

    private static final String STATE = "@understudy.state";
    private static final String PLACED_ON = "@understudy.placedOn";

    private final JsonNode json;

    Fields(JsonNode json) {
        this.json = json;
    }

    public String text(String field) {
        return required(field, textOrNull(field));
    }

    public @Nullable String textOrNull(String field) {
        JsonNode value = value(field);
        return value == null ? null : value.asText();
    }

    /** A required value with a text form: {@code parsed("createdOn", Instant::parse)}. */
    public <R> R parsed(String field, Function<String, R> parse) {
        return required(field, parsedOrNull(field, parse));
    }

    public <R> @Nullable R parsedOrNull(String field, Function<String, R> parse) {
        String text = textOrNull(field);
        try {
            return text == null ? null : parse.apply(text);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("field " + field + " cannot be read: " + text, e);
        }
    }

    public boolean flag(String field) {
        return required(field, value(field)).asBoolean();
    }

    <T> Entry<T> entry(EntitySet<T> set) {
        if (state(STATE).orElse(RecordState.HYDRATED) == RecordState.PLACEHOLDER) {
            return new Entry.Placeholder<>(parsed(set.keyField(), UUID::fromString));
        }
        return new Entry.Hydrated<>(set.read().apply(this), references());
    }

    private Map<String, Reference> references() {
        Map<String, Reference> references = new HashMap<>();
        for (Map.Entry<String, JsonNode> property : json.properties()) {
            String name = property.getKey();
            if (name.endsWith(STATE) && name.length() > STATE.length()) {
                String navigation = name.substring(0, name.length() - STATE.length());
                Instant placedOn = parsedOrNull(navigation + PLACED_ON, Instant::parse);
                state(name)
                        .ifPresent(state ->
                                references.put(navigation, new Reference(state, placedOn)));
            }
        }
        return references;
    }

    private Optional<RecordState> state(String field) {
        return Optional.ofNullable(parsedOrNull(field, RecordState::parse));
    }

    private @Nullable JsonNode value(String field) {
        JsonNode value = json.get(field);
        return value == null || value.isNull() ? null : value;
    }

    private static <R> R required(String field, @Nullable R value) {
        if (value == null) {
            throw new IllegalArgumentException("field " + field + " is missing");
        }
        return value;
    }
}
