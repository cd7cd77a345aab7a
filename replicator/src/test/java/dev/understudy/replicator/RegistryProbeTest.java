package dev.understudy.replicator;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.understudy.service.RegistryConfiguration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RegistryProbeTest {
    private final HttpServer registry;

    RegistryProbeTest() throws IOException {
        registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.start();
    }

    @AfterEach
    void close() {
        registry.stop(0);
    }

    @Test
    void anAnswerIsEnough() {
        answer(200, -1);

        assertThatCode(probe(Duration.ofSeconds(5))::check).doesNotThrowAnyException();
    }

    @Test
    void anErrorIsNot() {
        answer(503, -1);

        assertThatThrownBy(probe(Duration.ofSeconds(5))::check).hasMessageContaining("503");
    }

    @Test
    void anAnswerThatStallsAfterItsHeadersDoesNotHoldTheProbe() {
        answer(200, 100);

        assertThatThrownBy(probe(Duration.ofMillis(500))::check)
                .isInstanceOf(TimeoutException.class);
    }

    /** An answer whose body, of that length, never comes. */
    private void answer(int status, long length) {
        registry.createContext(
                "/schemas/types",
                exchange -> {
                    exchange.sendResponseHeaders(status, length);
                    exchange.getResponseBody().flush();
                });
    }

    private RegistryProbe probe(Duration timeout) {
        return new RegistryProbe(
                new RegistryConfiguration("http://127.0.0.1:" + registry.getAddress().getPort()),
                timeout);
    }
}
