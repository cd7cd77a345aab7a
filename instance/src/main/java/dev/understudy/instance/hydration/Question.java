package dev.understudy.instance.hydration;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * An instance asks for one entity; as the answer, which says that the owner does not know it, it is
 * a JSON object.
 *
 * @param type full name
 * @param key as text
 * @param askedBy the instance that has the placeholder
 */
record Question(String type, String key, String askedBy) {
    private static final ObjectMapper JSON = new ObjectMapper();

    byte[] json() {
        return object("askedBy", askedBy);
    }

    /** Of an owner that does not know the entity. */
    byte[] unknownTo(String owner) {
        return object("unknownTo", owner);
    }

    private byte[] object(String name, String value) {
        return JSON.createObjectNode()
                .put("type", type)
                .put("key", key)
                .put(name, value)
                .toString()
                .getBytes(UTF_8);
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
                    object.required("type").asText(), object.required("key").asText(), instance);
        } catch (IOException e) {
            throw new IllegalArgumentException("no JSON", e);
        }
    }
}
