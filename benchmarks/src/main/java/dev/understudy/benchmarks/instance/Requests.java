package dev.understudy.benchmarks.instance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.schemas.codec.JsonValues;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityField;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Requests of the Web API that create entities, one or many. */
enum Requests {
    /** One each. */
    SINGLE,
    /** An action with all of them. */
    CREATE_MULTIPLE,
    /** The same, whether they exist or not. */
    UPSERT_MULTIPLE,
    /** One change set in a batch. */
    CHANGE_SET;

    private static final String BASE = "/api/data/v1.0/";
    private static final String JSON = "application/json";

    /** A request for these, all of one type. */
    byte[] of(List<EntityContent> contents) {
        String set = contents.getFirst().type().entitySet();
        return switch (this) {
            case SINGLE -> post(set, JSON, json(contents.getFirst()));
            case CREATE_MULTIPLE -> post(set + "/CreateMultiple", JSON, targets(contents));
            case UPSERT_MULTIPLE -> post(set + "/UpsertMultiple", JSON, targets(contents));
            case CHANGE_SET ->
                    post("$batch", "multipart/mixed;boundary=b", changeSet(set, contents));
        };
    }

    private static byte[] post(String path, String contentType, String body) {
        return HttpConnection.request("POST", BASE + path, contentType, body.getBytes(UTF_8));
    }

    private static String targets(List<EntityContent> contents) {
        return contents.stream()
                .map(Requests::json)
                .collect(Collectors.joining(",", "{\"Targets\":[", "]}"));
    }

    private static String changeSet(String set, List<EntityContent> contents) {
        String changes =
                contents.stream()
                        .map(content ->
                                """
                                --c
                                Content-Type: application/http
                                Content-ID: %s

                                POST %s HTTP/1.1
                                Content-Type: application/json

                                %s
                                """
                                        .formatted(UUID.randomUUID(), set, json(content)))
                        .collect(Collectors.joining());
        return """
        --b
        Content-Type: multipart/mixed; boundary=c

        %s--c--

        --b--
        """
                .formatted(changes)
                .replace("\n", "\r\n");
    }

    private static String json(EntityContent content) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        for (EntityField field : content.type().fields()) {
            Object value = content.value(field);
            if (value != null) {
                body.set(field.name(), JsonValues.toJson(field, value));
            }
        }
        return body.toString();
    }
}
