package dev.understudy.service.security;

import static dev.understudy.service.security.GuardedServer.KEY;
import static dev.understudy.service.security.GuardedServer.token;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.understudy.service.RegistryConfiguration;
import dev.understudy.service.RegistryConfiguration.Login;
import dev.understudy.service.TrustStore;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service over HTTPS, and its way to a registry over HTTPS that wants a password. */
class TlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir private static Path directory;
    private static Path store;

    @BeforeAll
    static void makeCertificate() throws Exception {
        store = directory.resolve("store.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "own",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "san=dns:localhost,ip:127.0.0.1",
                                "-validity",
                                "2",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                PASSWORD)
                        .inheritIO()
                        .start();
        assertThat(keytool.waitFor()).isZero();
    }

    @Test
    void aServiceSpeaksTls() throws Exception {
        try (GuardedServer server =
                        GuardedServer.start(
                                SecurityConfiguration.KEY,
                                KEY,
                                "micronaut.server.ssl.enabled",
                                "true",
                                "micronaut.server.ssl.port",
                                "-1",
                                "micronaut.server.ssl.key-store.path",
                                "file:" + store,
                                "micronaut.server.ssl.key-store.type",
                                "PKCS12",
                                "micronaut.server.ssl.key-store.password",
                                PASSWORD);
                HttpClient stranger = HttpClient.newHttpClient();
                HttpClient client = HttpClient.newBuilder().sslContext(trust().context()).build()) {
            URI url = server.url("/data");
            HttpRequest request =
                    HttpRequest.newBuilder(url)
                            .header("Authorization", "Bearer " + token("read"))
                            .build();

            assertThat(url.getScheme()).isEqualTo("https");
            assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
            assertThatThrownBy(() -> stranger.send(request, BodyHandlers.ofString()))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void theRegistryIsTrustedAndToldThePassword() throws Exception {
        Login login = new Login("reader", "s3cret:with-a-colon");
        HttpsServer registry =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.setHttpsConfigurator(new HttpsConfigurator(serverContext()));
        registry.createContext(
                "/subjects",
                exchange -> {
                    boolean known =
                            login.header()
                                    .equals(exchange.getRequestHeaders().getFirst("Authorization"));
                    byte[] body = "[\"a\"]".getBytes(UTF_8);
                    exchange.sendResponseHeaders(known ? 200 : 401, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        registry.start();
        RegistryConfiguration configuration =
                new RegistryConfiguration(
                        "https://127.0.0.1:" + registry.getAddress().getPort(),
                        Optional.of(login),
                        Optional.of(trust()));
        try (SchemaRegistryClient client =
                SchemaRegistryClientFactory.newClient(
                        List.of(configuration.url()),
                        1,
                        List.of(),
                        configuration.client(),
                        Map.of())) {
            assertThat(client.getAllSubjects()).containsExactly("a");
            assertThat(configuration.toString()).doesNotContain("s3cret", PASSWORD);
        } finally {
            registry.stop(0);
        }
    }

    private static TrustStore trust() {
        return new TrustStore(store, PASSWORD, "PKCS12");
    }

    private static SSLContext serverContext() throws Exception {
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(
                KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()),
                PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
