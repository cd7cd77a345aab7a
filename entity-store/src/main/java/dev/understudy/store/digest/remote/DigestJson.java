package dev.understudy.store.digest.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.store.RecordState;
import dev.understudy.store.digest.DigestScope;
import dev.understudy.store.digest.KeyRange;
import dev.understudy.store.digest.PlacedKey;
import dev.understudy.store.digest.RangeSum;
import dev.understudy.store.digest.RowDigest;
import dev.understudy.store.digest.TypeDescription;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The records of a digest as JSON, both ways. */
final class DigestJson {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private DigestJson() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ObjectNode of(TypeDescription description) {
        ObjectNode json =
                object().put("type", description.type())
                        .put("keyKind", description.keyKind())
                        .put("purgedUpTo", description.purgedUpTo())
                        .put("condition", description.condition());
        ObjectNode fields = json.putObject("fields");
        description.fields().forEach(fields::put);
        return json;
    }

    static TypeDescription description(JsonNode json) {
        Map<String, String> fields = new HashMap<>();
        json.required("fields")
                .properties()
                .forEach(field -> fields.put(field.getKey(), field.getValue().asText()));
        return new TypeDescription(
                text(json, "type"),
                text(json, "keyKind"),
                fields,
                number(json, "purgedUpTo"),
                text(json, "condition"));
    }

    static ObjectNode of(DigestScope scope) {
        ObjectNode json =
                object().put("type", scope.type())
                        .put("purgedUpTo", scope.purgedUpTo())
                        .put("condition", scope.condition());
        json.set("fields", texts(scope.fields()));
        return json;
    }

    static DigestScope scope(JsonNode json) {
        return new DigestScope(
                text(json, "type"),
                texts(json.required("fields")),
                number(json, "purgedUpTo"),
                text(json, "condition"));
    }

    static ObjectNode of(KeyRange range) {
        return object().put("from", range.from()).put("to", range.to());
    }

    static KeyRange range(JsonNode json) {
        return new KeyRange(textOrNull(json, "from"), textOrNull(json, "to"));
    }

    static ObjectNode of(RangeSum sum) {
        return object().put("rows", sum.rows()).put("high", sum.high()).put("low", sum.low());
    }

    static RangeSum sum(JsonNode json) {
        return new RangeSum(number(json, "rows"), whole(json, "high"), whole(json, "low"));
    }

    static ObjectNode of(RowDigest row) {
        return object().put("key", row.key())
                .put("state", String.valueOf(row.state().code()))
                .put("version", row.version())
                .put("ceded", row.ceded())
                .put("contentHash", row.contentHash())
                .put("changedAt", row.changedAt().toString());
    }

    static RowDigest row(JsonNode json) {
        return new RowDigest(
                text(json, "key"),
                RecordState.of(text(json, "state")),
                number(json, "version"),
                Math.toIntExact(number(json, "ceded")),
                text(json, "contentHash"),
                Instant.parse(text(json, "changedAt")));
    }

    static ObjectNode of(PlacedKey placed) {
        return object().put("key", placed.key()).put("placedAt", placed.placedAt().toString());
    }

    static PlacedKey placed(JsonNode json) {
        return new PlacedKey(text(json, "key"), Instant.parse(text(json, "placedAt")));
    }

    static ArrayNode texts(List<String> texts) {
        ArrayNode array = MAPPER.createArrayNode();
        texts.forEach(array::add);
        return array;
    }

    static List<String> texts(JsonNode array) {
        return list(array, JsonNode::asText);
    }

    static <T> ArrayNode array(List<T> items, Function<T, JsonNode> json) {
        ArrayNode array = MAPPER.createArrayNode();
        items.forEach(item -> array.add(json.apply(item)));
        return array;
    }

    static <T> List<T> list(JsonNode array, Function<JsonNode, T> item) {
        if (!array.isArray()) {
            throw new IllegalArgumentException("a list is needed, not " + array.getNodeType());
        }
        List<T> items = new ArrayList<>(array.size());
        array.forEach(one -> items.add(item.apply(one)));
        return items;
    }

    static String text(JsonNode json, String name) {
        return json.required(name).asText();
    }

    static @Nullable String textOrNull(JsonNode json, String name) {
        return json.hasNonNull(name) ? json.get(name).asText() : null;
    }

    static long number(JsonNode json, String name) {
        JsonNode number = json.required(name);
        if (!number.isIntegralNumber()) {
            throw new IllegalArgumentException(name + " is no whole number");
        }
        return number.asLong();
    }

    private static BigInteger whole(JsonNode json, String name) {
        return json.required(name).bigIntegerValue();
    }
}
