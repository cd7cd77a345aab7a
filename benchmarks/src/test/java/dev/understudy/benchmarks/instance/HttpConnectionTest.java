package dev.understudy.benchmarks.instance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class HttpConnectionTest {
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", HttpConnectionTest::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        boolean refused = exchange.getRequestURI().getPath().equals("/refused");
        exchange.sendResponseHeaders(refused ? 409 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void oneAnswerFollowsTheOther() throws IOException {
        try (HttpConnection connection = connect()) {
            assertThat(connection.send(request("/", "one"))).isEqualTo("one");
            assertThat(connection.send(request("/", "zwölf"))).isEqualTo("zwölf");
        }
    }

    @Test
    void aRefusalIsAFault() throws IOException {
        try (HttpConnection connection = connect()) {
            assertThatThrownBy(() -> connection.send(request("/refused", "why")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("409")
                    .hasMessageContaining("why");
        }
    }

    private HttpConnection connect() throws IOException {
        return new HttpConnection(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    private static byte[] request(String path, String body) {
        return HttpConnection.request("POST", path, "text/plain", body.getBytes(UTF_8));
    }
}
