package dev.understudy.service.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A service on loopback whose handlers are {@link Doors}. */
final class GuardedServer implements AutoCloseable {
    static final String KEY = "0123456789abcdef0123456789abcdef";

    private final EmbeddedServer server;

    private GuardedServer(EmbeddedServer server) {
        this.server = server;
    }

    /** Settings are given as name, value, name, value … */
    static GuardedServer start(String... settings) {
        return new GuardedServer(
                ApplicationContext.run(EmbeddedServer.class, properties(settings)));
    }

    static Map<String, Object> properties(String... settings) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("micronaut.server.host", "127.0.0.1");
        properties.put("micronaut.server.port", "-1");
        properties.put("endpoints.all.enabled", "false");
        properties.put("endpoints.health.enabled", "true");
        properties.put("endpoints.health.sensitive", "false");
        for (int i = 0; i < settings.length; i += 2) {
            properties.put(settings[i], settings[i + 1]);
        }
        return properties;
    }

    URI url(String path) {
        return server.getURI().resolve(path);
    }

    HttpResponse<String> get(String path, String... headers)
            throws IOException, InterruptedException {
        return send("GET", path, headers);
    }

    /** Without a body. */
    HttpResponse<String> send(String method, String path, String... headers)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(url(path))
                            .method(method, BodyPublishers.noBody())
                            .timeout(Duration.ofSeconds(30));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    int status(String path, String token) throws IOException, InterruptedException {
        return get(path, "Authorization", "Bearer " + token).statusCode();
    }

    /** Signed with {@link #KEY}, for an hour. */
    static String token(String... roles) throws JOSEException {
        return token(new JWTClaimsSet.Builder().claim("roles", List.of(roles)));
    }

    static String token(JWTClaimsSet.Builder claims) throws JOSEException {
        return signed(JWSAlgorithm.HS256, new MACSigner(KEY), claims, Duration.ofHours(1));
    }

    static String signed(
            JWSAlgorithm algorithm, JWSSigner signer, JWTClaimsSet.Builder claims, Duration lasts)
            throws JOSEException {
        return signed(
                new JWSHeader(algorithm),
                signer,
                claims.expirationTime(Date.from(Instant.now().plus(lasts))));
    }

    static String signed(JWSHeader header, JWSSigner signer, JWTClaimsSet.Builder claims)
            throws JOSEException {
        SignedJWT token = new SignedJWT(header, claims.build());
        token.sign(signer);
        return token.serialize();
    }

    @Override
    public void close() {
        server.getApplicationContext().close();
    }
}
