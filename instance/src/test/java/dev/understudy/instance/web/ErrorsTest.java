package dev.understudy.instance.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.instance.Contoso;
import dev.understudy.instance.write.WriteResult;
import dev.understudy.schemas.UnderstudyException.Severity;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.service.security.Grants;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.EntityStore;
import dev.understudy.store.OutcomeUnknownException;
import dev.understudy.store.RecordState;
import dev.understudy.store.StoreException;
import dev.understudy.store.postgres.PostgresEntityStore;
import io.micronaut.http.MutableHttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

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

    @Test
    void aCommittedWriteIsNotDeniedIfItCannotBeShown() {
        EntityStore away =
                new PostgresEntityStore(
                        new PGSimpleDataSource() {
                            private static final long serialVersionUID = 1L;

                            @Override
                            public Connection getConnection() throws SQLException {
                                throw new SQLException("away", "08001");
                            }
                        },
                        Contoso.CATALOG,
                        "europe");
        EntityReads reads =
                new EntityReads(
                        Contoso.CATALOG,
                        away,
                        null,
                        new EntityJson(Contoso.CATALOG, away, null),
                        null);
        EntityId id = Contoso.id(Contoso.TICKET, 1);
        EntityContent content =
                EntityContent.ofKey(id.type(), id.key())
                        .with(
                                Contoso.field(Contoso.TICKET, "accountId"),
                                Contoso.id(Contoso.ACCOUNT, 1).key().value());
        EntityRow row = new EntityRow(content, RecordState.HYDRATED, new Version(7), Instant.EPOCH);
        RequestHeaders headers =
                new RequestHeaders(List.of(Map.entry("Prefer", List.of("return=representation"))));
        ApiRequest request =
                new ApiRequest(
                        "POST",
                        "tickets",
                        headers,
                        new byte[0],
                        new Urls("http://eu/"),
                        Grants.NONE);
        MutableHttpResponse<byte[]> answer =
                new Errors()
                        .answering(() ->
                                new EntityWrites(null, reads)
                                        .answer(
                                                request,
                                                new WriteResult.Created(row),
                                                request.preferences().answer()));

        assertThat(answer.code()).isEqualTo(204);
        assertThat(answer.header("OData-EntityId")).startsWith("http://eu/tickets(");
        assertThat(answer.header("ETag")).isEqualTo("W/\"7\"");
        assertThat(answer.header("Preference-Applied")).isNull();
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
