package dev.understudy.lob.fake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A status and a JSON body ({@code ""} for none). */
public record Answer(int status, String body) {

    /** Closes the connection without an answer. */
    public static final Answer DROP = new Answer(0, "");

    static final Answer NO_CONTENT = new Answer(204, "");

    static Answer error(int status, String code, String message) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putObject("error").put("code", code).put("message", message);
        return new Answer(status, json.toString());
    }
}
