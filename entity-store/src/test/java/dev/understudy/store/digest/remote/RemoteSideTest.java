package dev.understudy.store.digest.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.understudy.store.RecordState;
import dev.understudy.store.digest.DigestScope;
import dev.understudy.store.digest.DigestSide;
import dev.understudy.store.digest.KeyRange;
import dev.understudy.store.digest.PlacedKey;
import dev.understudy.store.digest.RangeSum;
import dev.understudy.store.digest.RowDigest;
import dev.understudy.store.digest.TypeDescription;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RemoteSideTest {
    private static final DigestScope SCOPE =
            new DigestScope("a.B", List.of("x", "y"), 7, "name = 'it''s'");
    private static final KeyRange RANGE = new KeyRange("k,1'\"ü", null);
    private static final PlacedKey PLACED =
            new PlacedKey("p", Instant.parse("2026-11-21T09:30:00.123456Z"));
    private static final RowDigest ROW =
            new RowDigest("k", RecordState.DELETED, Long.MAX_VALUE, 3, "ab", PLACED.placedAt());
    private static final RangeSum SUM =
            new RangeSum(5, BigInteger.TWO.pow(90).negate(), BigInteger.TWO.pow(80));

    private final List<Object> asked = new ArrayList<>();
    private final DigestAnswers answers = new DigestAnswers(new Recorder(asked));
    private final RemoteSide side =
            new RemoteSide((question, body) -> ask(question, body.toString()));

    @Test
    void answersComeAsTheyWereGiven() {
        assertThat(side.describe("a.B")).isEqualTo(Recorder.DESCRIPTION);
        assertThat(side.cut(SCOPE, RANGE, 100)).containsExactly("k1", "k2");
        assertThat(side.sums(SCOPE, RANGE, List.of("k1"))).containsExactly(SUM, SUM);
        assertThat(side.rows(SCOPE, RANGE, 10)).containsExactly(ROW);
        assertThat(side.rows(SCOPE, List.of("k"))).containsExactly(ROW);
        assertThat(side.placeholders("a.B", null, 10)).containsExactly(PLACED);
        assertThat(side.placeholders("a.B", PLACED, 10)).containsExactly(PLACED);
    }

    @Test
    void questionsComeAsTheyWereAsked() {
        side.sums(SCOPE, RANGE, List.of("k1"));
        side.placeholders("a.B", PLACED, 10);
        assertThat(asked).containsExactly(SCOPE, RANGE, List.of("k1"), PLACED);
    }

    @Test
    void whatCannotBeUnderstoodIsRefused() {
        for (String body : List.of("", "{", "[]", "{}", "{\"scope\": 1}", "{\"scope\": {}}")) {
            for (Question question : Question.values()) {
                assertThatIllegalArgumentException()
                        .as("%s %s", question, body)
                        .isThrownBy(() -> ask(question, body));
            }
        }
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> ask(Question.PLACEHOLDERS, "{\"type\":\"a.B\",\"limit\":99999999}"))
                .withMessageContaining("limit");
    }

    private com.fasterxml.jackson.databind.JsonNode ask(Question question, String body) {
        try {
            return new ObjectMapper()
                    .readTree(answers.answer(question, body.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers always the same. */
    private record Recorder(List<Object> asked) implements DigestSide {
        static final TypeDescription DESCRIPTION =
                new TypeDescription("a.B", "uuid", Map.of("x", "text"), 7, "x = 1");

        @Override
        public TypeDescription describe(String type) {
            return DESCRIPTION;
        }

        @Override
        public List<String> cut(DigestScope scope, KeyRange range, int rowsPerPart) {
            return List.of("k1", "k2");
        }

        @Override
        public List<RangeSum> sums(DigestScope scope, KeyRange range, List<String> boundaries) {
            asked.addAll(List.of(scope, range, boundaries));
            return List.of(SUM, SUM);
        }

        @Override
        public List<RowDigest> rows(DigestScope scope, KeyRange range, int limit) {
            return List.of(ROW);
        }

        @Override
        public List<RowDigest> rows(DigestScope scope, List<String> keys) {
            return List.of(ROW);
        }

        @Override
        public List<PlacedKey> placeholders(String type, @Nullable PlacedKey after, int limit) {
            if (after != null) {
                asked.add(after);
            }
            return List.of(PLACED);
        }
    }
}
