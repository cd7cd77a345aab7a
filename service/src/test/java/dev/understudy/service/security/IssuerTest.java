package dev.understudy.service.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Tokens of an issuer that shows its public keys. */
class IssuerTest {
    private static final String ISSUER = "https://issuer.example";

    private static final RSAKey PAIR = pair("one");
    private final HttpServer issuer =
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final GuardedServer server;

    private static RSAKey pair(String name) {
        try {
            return new RSAKeyGenerator(2048).keyID(name).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    IssuerTest() throws IOException {
        byte[] keys = new JWKSet(PAIR.toPublicJWK()).toString().getBytes(UTF_8);
        issuer.createContext(
                "/keys",
                exchange -> {
                    exchange.sendResponseHeaders(200, keys.length);
                    exchange.getResponseBody().write(keys);
                    exchange.close();
                });
        issuer.start();
        server =
                GuardedServer.start(
                        SecurityConfiguration.JWKS_URL,
                        "http://127.0.0.1:" + issuer.getAddress().getPort() + "/keys",
                        "understudy.security.issuer",
                        ISSUER,
                        "understudy.security.audience",
                        "understudy");
    }

    @AfterEach
    void stop() {
        server.close();
        issuer.stop(0);
    }

    @Test
    void onlyTokensOfTheIssuerForThisAudienceAreBelieved() throws Exception {
        assertThat(server.status("/data", token(ISSUER, "understudy"))).isEqualTo(200);
        assertThat(server.status("/data", token("https://other.example", "understudy")))
                .isEqualTo(401);
        assertThat(server.status("/data", token(ISSUER, "another"))).isEqualTo(401);
        assertThat(server.status("/data", token(null, "understudy"))).isEqualTo(401);
        assertThat(server.status("/data", token(ISSUER, null))).isEqualTo(401);
    }

    @Test
    void anotherKeyOfTheSameNameIsNotTheIssuers() throws Exception {
        assertThat(server.status("/data", token(pair("one"), ISSUER, "understudy"))).isEqualTo(401);
    }

    @Test
    void keysThatTheIssuerDoesNotHaveAreRefusedHoweverOftenTheyAreTried() throws Exception {
        RSAKey other = pair("other");

        for (int i = 0; i < 5; i++) {
            assertThat(server.status("/data", token(other, ISSUER, "understudy"))).isEqualTo(401);
        }
        assertThat(server.status("/data", token(ISSUER, "understudy"))).isEqualTo(200);
    }

    @Test
    void aPublicKeyIsNotTakenForASecret() throws Exception {
        String forged =
                GuardedServer.signed(
                        JWSAlgorithm.HS256,
                        new MACSigner(PAIR.toRSAPublicKey().getEncoded()),
                        claims(ISSUER, "understudy"),
                        Duration.ofHours(1));

        assertThat(server.status("/data", forged)).isEqualTo(401);
    }

    @Test
    void whileTheIssuerIsAwayKnownKeysHoldAndOthersAreNotKnownToBeBad() throws Exception {
        String good = token(ISSUER, "understudy");
        assertThat(server.status("/data", good)).isEqualTo(200);
        issuer.stop(0);

        assertThat(server.status("/data", good)).isEqualTo(200);
        try (GuardedServer fresh =
                GuardedServer.start(
                        SecurityConfiguration.JWKS_URL,
                        "http://127.0.0.1:" + issuer.getAddress().getPort() + "/keys",
                        "understudy.security.issuer",
                        ISSUER,
                        "understudy.security.audience",
                        "understudy")) {
            ListAppender<ILoggingEvent> log = new ListAppender<>();
            Logger logger = (Logger) LoggerFactory.getLogger(TokenFilter.class);
            log.start();
            logger.addAppender(log);
            for (int i = 0; i < 4; i++) {
                assertThat(fresh.status("/data", good)).isEqualTo(503);
            }
            logger.detachAppender(log);
            assertThat(log.list).hasSize(1);
            assertThat(fresh.get("/health").statusCode()).isEqualTo(200);
        }
    }

    private static String token(@Nullable String issuerName, @Nullable String audience)
            throws JOSEException {
        return token(PAIR, issuerName, audience);
    }

    private static String token(RSAKey key, @Nullable String issuerName, @Nullable String audience)
            throws JOSEException {
        return GuardedServer.signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                new RSASSASigner(key),
                claims(issuerName, audience)
                        .expirationTime(Date.from(Instant.now().plusSeconds(600))));
    }

    private static JWTClaimsSet.Builder claims(
            @Nullable String issuerName, @Nullable String audience) {
        return new JWTClaimsSet.Builder()
                .issuer(issuerName)
                .audience(audience)
                .claim("roles", List.of("read"));
    }
}
