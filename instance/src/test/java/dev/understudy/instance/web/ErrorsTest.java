package dev.understudy.instance.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.UnderstudyException.Severity;
import dev.understudy.store.OutcomeUnknownException;
import dev.understudy.store.StoreException;
import io.micronaut.http.MutableHttpResponse;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class ErrorsTest {
    @Test
    void aCommitOfUnknownOutcomeIsNotSaidToHaveWrittenNothing() {
        MutableHttpResponse<byte[]> answer =
                answer(new OutcomeUnknownException("x", new SQLException("lost", "08006")));

        assertThat(answer.code()).isEqualTo(503);
        assertThat(text(answer)).contains("\"OutcomeUnknown\"", "nobody knows");
        assertThat(answer.header("Retry-After")).isNull();
    }

    @Test
    void withoutADatabaseNothingWasWritten() {
        MutableHttpResponse<byte[]> answer =
                answer(new StoreException(Severity.RETRYABLE, "away", null));

        assertThat(answer.code()).isEqualTo(503);
        assertThat(text(answer)).contains("\"DatabaseUnavailable\"", "nothing was written");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
    }

    private static MutableHttpResponse<byte[]> answer(StoreException fault) {
        return new Errors()
                .answering(() -> {
                    throw fault;
                });
    }

    private static String text(MutableHttpResponse<byte[]> answer) {
        return new String(answer.getBody().orElseThrow(), UTF_8);
    }
}
