package dev.understudy.service.security;

import static dev.understudy.service.security.GuardedServer.KEY;
import static dev.understudy.service.security.GuardedServer.signed;
import static dev.understudy.service.security.GuardedServer.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TokenFilterTest {
    private static GuardedServer server;

    @BeforeAll
    static void start() {
        server =
                GuardedServer.start(
                        SecurityConfiguration.KEY,
                        KEY,
                        "endpoints.health.details-visible",
                        "ANONYMOUS");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void withoutATokenOneIsAskedFor() throws Exception {
        HttpResponse<String> answer = server.get("/data");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .contains("Bearer realm=\"understudy\"");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body())
                .isEqualTo(
                        "{\"error\":{\"code\":\"Unauthenticated\",\"message\":\"a bearer token is"
                                + " needed\"}}");
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aTokenThatIsNotBelievedIsRefusedWithoutRepeatingIt(String bad) throws Exception {
        HttpResponse<String> answer = server.get("/data", "Authorization", "Bearer " + bad);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
                .contains("error=\"invalid_token\"");
        assertThat(answer.body()).doesNotContain(bad);
    }

    static Stream<String> refused() throws Exception {
        JWTClaimsSet.Builder reader = new JWTClaimsSet.Builder().claim("roles", List.of("read"));
        String good = token("read");
        return Stream.of(
                "nonsense",
                good.substring(0, good.lastIndexOf('.') + 1),
                new PlainJWT(
                                new JWTClaimsSet.Builder(reader.build())
                                        .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                                        .build())
                        .serialize(),
                signed(
                        new JWSHeader(JWSAlgorithm.HS256),
                        new MACSigner(KEY),
                        new JWTClaimsSet.Builder(reader.build())),
                signed(
                        JWSAlgorithm.HS256,
                        new MACSigner("x".repeat(32)),
                        reader,
                        Duration.ofHours(1)),
                signed(JWSAlgorithm.HS256, new MACSigner(KEY), reader, Duration.ofHours(-1)));
    }

    @Test
    void aRoleOfOneTypeIsAdmittedAndSeenByTheHandler() throws Exception {
        HttpResponse<String> answer =
                server.get("/data", "Authorization", "bearer " + token("read:contoso.crm.Account"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("accounts true, all false, here true");
    }

    @Test
    void noRoleIncludesAnother() throws Exception {
        assertThat(server.status("/admin/digest", token("replicate"))).isEqualTo(200);
        assertThat(server.status("/data", token("administer", "replicate"))).isEqualTo(403);
        assertThat(server.status("/admin/digest", token("read", "write"))).isEqualTo(403);
        assertThat(server.status("/data", token("root", "administrator"))).isEqualTo(403);
        assertThat(server.status("/data", token("read:", "write:*"))).isEqualTo(403);
    }

    @Test
    void whatSaysNothingOfItselfIsForThoseWhoAdministerAllTypes() throws Exception {
        String some = token("read", "administer:contoso.crm.Account", "administer:*");

        for (String path : List.of("/admin/other", "/metrics", "/nowhere")) {
            assertThat(server.status(path, some)).as(path).isEqualTo(403);
        }
        assertThat(server.status("/admin/other", token("administer"))).isEqualTo(200);
        assertThat(server.status("/metrics", token("administer"))).isEqualTo(200);
        assertThat(server.status("/nowhere", token("administer"))).isEqualTo(404);
    }

    @Test
    void rolesMayBeOneText() throws Exception {
        String token = token(new JWTClaimsSet.Builder().claim("roles", "openid read  write"));

        assertThat(server.status("/data", token)).isEqualTo(200);
    }

    @Test
    void healthIsOpen() throws Exception {
        assertThat(server.get("/health").statusCode()).isEqualTo(200);
        assertThat(server.get("/health/liveness").statusCode()).isEqualTo(200);
        assertThat(server.get("/health/readiness").statusCode()).isEqualTo(200);
        assertThat(server.get("/health/details").statusCode()).isEqualTo(401);
        assertThat(server.get("/healthy").statusCode()).isEqualTo(401);
        assertThat(server.get("/metrics").statusCode()).isEqualTo(401);
    }

    @Test
    void onlyWhoAdministersAllTypesIsToldMoreThanWhetherItIsUp() throws Exception {
        for (String path : List.of("/health", "/health/liveness", "/health/readiness")) {
            assertThat(server.get(path).body()).as(path).matches("\\{\"status\":\"\\w+\"}");
        }
        for (String bad : List.of("nonsense", token("read"), token("administer:a.B"))) {
            assertThat(server.get("/health", "Authorization", "Bearer " + bad).body())
                    .isEqualTo("{\"status\":\"UP\"}");
        }
        assertThat(server.get("/health", "Authorization", "Bearer " + token("administer")).body())
                .contains("\"details\"");
    }

    @Test
    void metricsCanBeOpen() throws Exception {
        try (GuardedServer open =
                GuardedServer.start(
                        SecurityConfiguration.KEY, KEY, "understudy.security.metrics", "open")) {
            assertThat(open.get("/metrics").statusCode()).isEqualTo(200);
            assertThat(open.get("/data").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void withoutAKeyEverythingIsOpenOnLoopback() throws Exception {
        try (GuardedServer off =
                GuardedServer.start("endpoints.health.details-visible", "ANONYMOUS")) {
            assertThat(off.get("/health").body()).contains("\"details\"");
            assertThat(off.get("/data").body()).isEqualTo("accounts true, all true, here true");
            assertThat(off.get("/admin/other").statusCode()).isEqualTo(200);
        }
    }
}
