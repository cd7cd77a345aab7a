package dev.understudy.instance.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.schemas.UnderstudyException.Severity;
import dev.understudy.schemas.model.ModelException;
import dev.understudy.store.StoreException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import java.io.IOException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Administrative requests and answers, which are JSON objects. */
public final class AdminJson {
    private static final Logger LOG = LoggerFactory.getLogger(AdminJson.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private AdminJson() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** A request's body; an empty one is an empty object. */
    public static ObjectNode read(byte[] body) {
        try {
            JsonNode json = body.length == 0 ? object() : MAPPER.readTree(body);
            if (json instanceof ObjectNode object) {
                return object;
            }
            throw AdminFault.badRequest("the body is not a JSON object");
        } catch (IOException e) {
            throw AdminFault.badRequest("the body is not JSON");
        }
    }

    /** What the handler gives, or the error that its exception means. */
    public static HttpResponse<byte[]> answering(Supplier<? extends JsonNode> handler) {
        return answeringBytes(() -> bytes(handler.get()));
    }

    /** The same with an answer that is JSON already. */
    public static HttpResponse<byte[]> answeringBytes(Supplier<byte[]> handler) {
        try {
            return HttpResponse.ok(handler.get()).contentType(MediaType.APPLICATION_JSON_TYPE);
        } catch (AdminFault e) {
            return error(e);
        } catch (ModelException | IllegalArgumentException e) {
            return error(AdminFault.badRequest(String.valueOf(e.getMessage())));
        } catch (StoreException e) {
            if (e.severity() != Severity.RETRYABLE) {
                throw e;
            }
            LOG.warn("An administrative request found the database unavailable: {}", e.toString());
            return error(AdminFault.unavailable("the database is unavailable; try again"));
        }
    }

    private static HttpResponse<byte[]> error(AdminFault fault) {
        ObjectNode body = object();
        body.putObject("error").put("code", fault.code()).put("message", fault.text());
        return HttpResponse.<byte[]>status(fault.status())
                .body(bytes(body))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    private static byte[] bytes(JsonNode json) {
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that is no JSON", e);
        }
    }
}
