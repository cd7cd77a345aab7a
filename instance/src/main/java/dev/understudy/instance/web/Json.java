package dev.understudy.instance.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** JSON read strictly (UTF-8, no duplicate names, nothing after the end) and written exactly. */
final class Json {
    private static final int MAX_DEPTH = 64;
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");
    private static final ObjectMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .build())
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** The object in a request's body. */
    static ObjectNode read(byte[] body) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            JsonNode tree = MAPPER.readTree(text);
            if (!(tree instanceof ObjectNode object)) {
                throw invalid("the body is not a JSON object");
            }
            requireText(object);
            return object;
        } catch (CharacterCodingException _) {
            throw new ApiException(ErrorCode.INVALID_ENCODING, "the body is not UTF-8");
        } catch (JsonProcessingException e) {
            throw invalid(
                    "the body is not JSON: " + e.getOriginalMessage() + place(e.getLocation()));
        }
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null
                ? ""
                : ", at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    }

    private static ApiException invalid(String message) {
        return new ApiException(ErrorCode.INVALID_JSON, message);
    }

    static byte[] write(JsonNode tree) {
        try {
            return MAPPER.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that is no JSON", e);
        }
    }

    /** The same, to be read again: a number keeps its exponent, however large that is. */
    static byte[] rewrite(ObjectNode body) {
        try {
            return MAPPER.writer()
                    .without(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw invalid("the body is not JSON: " + e.getOriginalMessage());
        }
    }

    /** Half a surrogate pair, which an escape can make, is no text, and no database keeps it. */
    private static void requireText(JsonNode node) {
        if (node.isTextual()) {
            requireText(node.textValue());
        }
        node.fieldNames().forEachRemaining(Json::requireText);
        node.forEach(Json::requireText);
    }

    private static void requireText(String text) {
        if (LONE_SURROGATE.matcher(text).find()) {
            throw invalid("the body has a lone surrogate in a string");
        }
    }
}
