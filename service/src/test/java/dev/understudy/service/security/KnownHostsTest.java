package dev.understudy.service.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** By which names a service answers, read at the socket: clients of Java choose the name. */
class KnownHostsTest {
    @Test
    void onLoopbackOnlyItsOwnNamesAreAnswered() throws Exception {
        try (GuardedServer server = GuardedServer.start()) {
            for (String own :
                    new String[] {
                        "127.0.0.1",
                        "127.0.0.1:8080",
                        "localhost",
                        "LocalHost:1",
                        "us.localhost:80",
                        "[::1]:8080",
                        "10.0.0.7"
                    }) {
                assertThat(answer(server, "Host: " + own)).as(own).startsWith("HTTP/1.1 200");
            }
            for (String other :
                    new String[] {
                        "rebound.example",
                        "rebound.example:8080",
                        "127.0.0.1.rebound.example",
                        "localhost.rebound.example",
                        "notlocalhost",
                        ""
                    }) {
                assertThat(answer(server, "Host: " + other)).as(other).startsWith("HTTP/1.1 403");
            }
            assertThat(answer(server, "Host: rebound.example")).contains("\"UnknownHost\"");
            assertThat(answer(server, "Host: 127.0.0.1\r\nHost: rebound.example"))
                    .startsWith("HTTP/1.1 4");
        }
    }

    @Test
    void configuredNamesAreAnswered() throws Exception {
        try (GuardedServer server =
                GuardedServer.start(KnownHosts.HOSTS, "us.contoso.com, Proxy.Contoso.com")) {
            assertThat(answer(server, "Host: US.contoso.com:8080")).startsWith("HTTP/1.1 200");
            assertThat(answer(server, "Host: proxy.contoso.com")).startsWith("HTTP/1.1 200");
            assertThat(answer(server, "Host: contoso.com")).startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void withTokensThePagesNameIsOfNoUse() throws Exception {
        try (GuardedServer server =
                GuardedServer.start("understudy.security.key", GuardedServer.KEY)) {
            String token = "Authorization: Bearer " + GuardedServer.token("read");

            assertThat(answer(server, "Host: rebound.example\r\n" + token))
                    .startsWith("HTTP/1.1 200");
            assertThat(answer(server, "Host: rebound.example")).startsWith("HTTP/1.1 401");
        }
    }

    private static String answer(GuardedServer server, String headers) throws IOException {
        URI url = server.url("/data");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
            socket.setSoTimeout(30_000);
            String request = "GET /data HTTP/1.1\r\n%s\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.formatted(headers).getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }
}
