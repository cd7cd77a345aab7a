package dev.understudy.instance.hydration;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/**
 * An instance asks for one entity; as the answer, which says that the owner does not know it, it is
 * a JSON object.
 *
 * @param type full name
 * @param key as text
 * @param alternateKeys by which the entity is known as well, if its key is provisional: each an
 *     object of fields and values
 * @param askedBy the instance that has the placeholder
 */
record Question(String type, String key, List<JsonNode> alternateKeys, String askedBy) {
    private static final ObjectMapper JSON = new ObjectMapper();

    Question {
        alternateKeys = List.copyOf(alternateKeys);
    }

    byte[] json() {
        ObjectNode object = object().put("askedBy", askedBy);
        if (!alternateKeys.isEmpty()) {
            object.putArray("alternateKeys").addAll(alternateKeys);
        }
        return bytes(object);
    }

    /** Of an owner that does not know the entity. */
    byte[] unknownTo(String owner) {
        return bytes(object().put("unknownTo", owner));
    }

    private ObjectNode object() {
        return JSON.createObjectNode().put("type", type).put("key", key);
    }

    private static byte[] bytes(ObjectNode object) {
        return object.toString().getBytes(UTF_8);
    }

    /**
     * What was asked.
     *
     * @throws IllegalArgumentException if it cannot be understood
     */
    static Question of(byte[] json) {
        return parsed(json, "askedBy");
    }

    /** The question that an answer is to; who answers stands in for who asks. */
    static Question ofAnswer(byte[] json) {
        return parsed(json, "unknownTo");
    }

    private static Question parsed(byte[] json, String name) {
        try {
            JsonNode object = JSON.readTree(json);
            String instance = object.required(name).asText();
            if (!instance.matches("[a-z][a-z0-9-]{0,62}")) {
                throw new IllegalArgumentException("'" + instance + "' is no instance");
            }
            return new Question(
                    object.required("type").asText(),
                    object.required("key").asText(),
                    object.path("alternateKeys").valueStream().toList(),
                    instance);
        } catch (IOException e) {
            throw new IllegalArgumentException("no JSON", e);
        }
    }
}
