package dev.understudy.store.digest.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.understudy.schemas.model.ModelException;
import dev.understudy.store.StoreException;
import dev.understudy.store.digest.DigestSide;
import dev.understudy.store.digest.PlacedKey;
import dev.understudy.store.digest.RowDigest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers what a {@link RemoteSide} asks, from a side that is here. Thread-safe. */
public final class DigestAnswers {
    private static final int MOST_BOUNDARIES = 100_000;
    private static final int MOST_ROWS = 10_000;

    private final DigestSide side;

    public DigestAnswers(DigestSide side) {
        this.side = side;
    }

    /**
     * Answers a question.
     *
     * @param body JSON, as the answer
     * @throws IllegalArgumentException if it cannot be understood
     * @throws ModelException if it is about a type, a field or a condition that there is not
     * @throws StoreException if the database is away
     */
    public byte[] answer(Question question, byte[] body) {
        try {
            return DigestJson.MAPPER.writeValueAsBytes(
                    answer(question, DigestJson.MAPPER.readTree(body)));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "the body is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode answer(Question question, JsonNode asked) {
        return switch (question) {
            case DESCRIBE -> DigestJson.of(side.describe(DigestJson.text(asked, "type")));
            case CUT ->
                    DigestJson.texts(
                            side.cut(
                                    DigestJson.scope(asked.required("scope")),
                                    DigestJson.range(asked.required("range")),
                                    limited(asked, "rowsPerPart", Integer.MAX_VALUE)));
            case SUMS ->
                    DigestJson.array(
                            side.sums(
                                    DigestJson.scope(asked.required("scope")),
                                    DigestJson.range(asked.required("range")),
                                    limited(
                                            DigestJson.texts(asked.required("boundaries")),
                                            MOST_BOUNDARIES)),
                            DigestJson::of);
            case ROWS -> DigestJson.array(rows(asked), DigestJson::of);
            case PLACEHOLDERS ->
                    DigestJson.array(
                            side.placeholders(
                                    DigestJson.text(asked, "type"),
                                    after(asked),
                                    limited(asked, "limit", MOST_ROWS)),
                            DigestJson::of);
        };
    }

    private List<RowDigest> rows(JsonNode asked) {
        var scope = DigestJson.scope(asked.required("scope"));
        return asked.hasNonNull("keys")
                ? side.rows(scope, limited(DigestJson.texts(asked.get("keys")), MOST_ROWS))
                : side.rows(
                        scope,
                        DigestJson.range(asked.required("range")),
                        limited(asked, "limit", MOST_ROWS));
    }

    private static @Nullable PlacedKey after(JsonNode asked) {
        return asked.hasNonNull("after") ? DigestJson.placed(asked.get("after")) : null;
    }

    private static int limited(JsonNode asked, String name, int most) {
        long number = DigestJson.number(asked, name);
        if (number < 1 || number > most) {
            throw new IllegalArgumentException(
                    "%s is 1 to %d, not %d".formatted(name, most, number));
        }
        return (int) number;
    }

    private static List<String> limited(List<String> list, int most) {
        if (list.size() > most) {
            throw new IllegalArgumentException("%d is more than %d".formatted(list.size(), most));
        }
        return list;
    }
}
