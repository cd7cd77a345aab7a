package dev.understudy.lob.fake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A status and a JSON body ({@code ""} for none). */
public record Answer(int status, String body) {

    static final Answer NO_CONTENT = new Answer(204, "");

    static Answer error(int status, String code, String message) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putObject("error").put("code", code).put("message", message);
        return new Answer(status, json.toString());
    }
}
