package dev.understudy.schemas.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.SchemaFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a registry's answers over HTTP say about a record: as good as never anything. */
@Timeout(30)
class RegistryAnswersTest {
    private static final CatalogEntry CONTACTS =
            Catalog.of(
                            List.of("us.contoso.crm.Account", "us.contoso.crm.Contact"),
                            new SchemaFiles(List.of("classpath:contoso")))
                    .entry("contoso.crm.Contact");
    private static final byte[] KEY = "00000000-0000-0001-0000-000000000002".getBytes(UTF_8);
    private static final byte[] VALUE = {0, 0, 0, 0, 9, 1};

    private final CountDownLatch closing = new CountDownLatch(1);
    private final HttpServer registry;

    RegistryAnswersTest() throws IOException {
        registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.start();
    }

    @AfterEach
    void close() {
        closing.countDown();
        registry.stop(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 408, 429, 500, 502, 503, 504})
    void anAnswerOfWhatIsInFrontOfTheRegistryIsAFaultAndNotPoison(int status) {
        answer(status, "<html>not now</html>");

        assertThatThrownBy(this::decode).isInstanceOf(RegistryUnavailableException.class);
    }

    @ParameterizedTest
    @CsvSource({"401,40101", "403,40301", "429,42901", "500,50001", "503,50302", "404,404"})
    void anErrorOfTheRegistrysOwnIsAFaultAndNotPoison(int status, int code) {
        answer(status, "{\"error_code\": %d, \"message\": \"not now\"}".formatted(code));

        assertThatThrownBy(this::decode).isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void aSchemaThatTheRegistryDoesNotKnowIsPoison() {
        answer(404, "{\"error_code\": 40403, \"message\": \"Schema 9 not found\"}");

        assertThat(((Decoded.Poison) decode()).reason()).isEqualTo(PoisonReason.UNKNOWN_SCHEMA);
    }

    @Test
    void aSchemaThatIsNotAvrosIsPoison() {
        answer(200, "{\"schemaType\": \"JSON\", \"schema\": \"{}\"}");

        assertThat(((Decoded.Poison) decode()).reason()).isEqualTo(PoisonReason.UNKNOWN_SCHEMA);
    }

    @Test
    void aRegistryThatHangsIsAFaultAndNotPoison() {
        registry.createContext(
                "/",
                exchange -> {
                    try {
                        closing.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    exchange.close();
                });

        assertThatThrownBy(this::decode).isInstanceOf(RegistryUnavailableException.class);
    }

    private void answer(int status, String body) {
        registry.createContext(
                "/",
                exchange -> {
                    byte[] bytes = body.getBytes(UTF_8);
                    exchange.sendResponseHeaders(status, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
    }

    private Decoded decode() {
        String url = "http://127.0.0.1:" + registry.getAddress().getPort();
        try (ChangeEventDecoder decoder =
                new ChangeEventDecoder(Map.of("schema.registry.url", url, "max.retries", 0))) {
            return decoder.decode(CONTACTS, KEY, VALUE, headers());
        }
    }

    private static Headers headers() {
        Headers headers = new RecordHeaders();
        Map.of(
                        "content-type", "application/avro",
                        "ce_specversion", "1.0",
                        "ce_id", "1",
                        "ce_source", "/understudy/us",
                        "ce_type", "contoso.crm.Contact.upserted",
                        "ce_time", "2026-11-21T10:00:00Z",
                        "ce_sequence", "7",
                        "ce_position", "1:16/B374D848")
                .forEach((name, value) -> headers.add(name, value.getBytes(UTF_8)));
        return headers;
    }
}
