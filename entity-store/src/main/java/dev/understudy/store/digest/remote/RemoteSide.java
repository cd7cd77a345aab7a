package dev.understudy.store.digest.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.store.digest.DigestScope;
import dev.understudy.store.digest.DigestSide;
import dev.understudy.store.digest.KeyRange;
import dev.understudy.store.digest.PlacedKey;
import dev.understudy.store.digest.RangeSum;
import dev.understudy.store.digest.RowDigest;
import dev.understudy.store.digest.TypeDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A side behind HTTP, which {@link DigestAnswers} answers there. Thread-safe if its call is. */
public final class RemoteSide implements DigestSide {
    private final Call call;

    /** Brings a question there, and its answer back. */
    @FunctionalInterface
    public interface Call {
        JsonNode ask(Question question, JsonNode body);
    }

    public RemoteSide(Call call) {
        this.call = call;
    }

    @Override
    public TypeDescription describe(String type) {
        return DigestJson.description(
                call.ask(Question.DESCRIBE, DigestJson.object().put("type", type)));
    }

    @Override
    public List<String> cut(DigestScope scope, KeyRange range, int rowsPerPart) {
        ObjectNode body = of(scope).put("rowsPerPart", rowsPerPart);
        body.set("range", DigestJson.of(range));
        return DigestJson.texts(call.ask(Question.CUT, body));
    }

    @Override
    public List<RangeSum> sums(DigestScope scope, KeyRange range, List<String> boundaries) {
        ObjectNode body = of(scope);
        body.set("range", DigestJson.of(range));
        body.set("boundaries", DigestJson.texts(boundaries));
        return DigestJson.list(call.ask(Question.SUMS, body), DigestJson::sum);
    }

    @Override
    public List<RowDigest> rows(DigestScope scope, KeyRange range, int limit) {
        ObjectNode body = of(scope).put("limit", limit);
        body.set("range", DigestJson.of(range));
        return DigestJson.list(call.ask(Question.ROWS, body), DigestJson::row);
    }

    @Override
    public List<RowDigest> rows(DigestScope scope, List<String> keys) {
        ObjectNode body = of(scope);
        body.set("keys", DigestJson.texts(keys));
        return DigestJson.list(call.ask(Question.ROWS, body), DigestJson::row);
    }

    @Override
    public List<PlacedKey> placeholders(String type, @Nullable PlacedKey after, int limit) {
        ObjectNode body = DigestJson.object().put("type", type).put("limit", limit);
        if (after != null) {
            body.set("after", DigestJson.of(after));
        }
        return DigestJson.list(call.ask(Question.PLACEHOLDERS, body), DigestJson::placed);
    }

    private static ObjectNode of(DigestScope scope) {
        ObjectNode body = DigestJson.object();
        body.set("scope", DigestJson.of(scope));
        return body;
    }
}
