package dev.understudy.service.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.understudy.service.InvalidConfigurationException;
import dev.understudy.service.Settings;
import java.net.URI;
import java.util.Optional;

/**
 * Properties {@code understudy.security.*}: which bearer tokens are believed. Security is off if
 * neither a key nor a JWKS URL is given.
 *
 * @param key that tokens are signed with by HMAC, at least 32 bytes
 * @param jwksUrl where the issuer shows its public keys
 * @param issuer that tokens must name as {@code iss}; required with a JWKS URL
 * @param audience that tokens must name as {@code aud}; required with a JWKS URL, else any if empty
 * @param rolesClaim the claim with the roles, an array of texts or a text with spaces
 * @param metrics whether {@code /metrics} needs a token
 */
public record SecurityConfiguration(
        Optional<String> key,
        Optional<URI> jwksUrl,
        Optional<String> issuer,
        Optional<String> audience,
        String rolesClaim,
        Metrics metrics) {
    static final String KEY = "understudy.security.key";
    static final String JWKS_URL = "understudy.security.jwks-url";
    private static final String ISSUER = "understudy.security.issuer";
    private static final String AUDIENCE = "understudy.security.audience";
    private static final String ROLES_CLAIM = "understudy.security.roles-claim";
    private static final String METRICS = "understudy.security.metrics";
    private static final int LEAST_KEY_BYTES = 32;

    /** Whoever can change the keys on their way decides which tokens are believed. */
    private static final String KEYS_AT =
            "https://\\S+|http://(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?(/\\S*)?";

    /** Whom {@code /metrics} is for. */
    public enum Metrics {
        /** Those who administer all types. */
        ADMINISTER,
        /** Everybody. */
        OPEN
    }

    public SecurityConfiguration {
        if (key.isPresent() && key.get().getBytes(UTF_8).length < LEAST_KEY_BYTES) {
            throw new InvalidConfigurationException(KEY, "", "a secret of at least 32 bytes");
        }
        if (key.isPresent() && jwksUrl.isPresent()) {
            throw new InvalidConfigurationException(
                    JWKS_URL, jwksUrl.get(), "given instead of understudy.security.key");
        }
        if (jwksUrl.isPresent() && issuer.isEmpty()) {
            throw new InvalidConfigurationException(
                    ISSUER, "", "the issuer whose keys are at " + JWKS_URL);
        }
        if (jwksUrl.isPresent() && audience.isEmpty()) {
            throw new InvalidConfigurationException(
                    AUDIENCE,
                    "",
                    "what tokens for this service name as aud: the keys at %s sign others, too"
                            .formatted(JWKS_URL));
        }
        if (key.isEmpty() && jwksUrl.isEmpty() && (issuer.isPresent() || audience.isPresent())) {
            throw new InvalidConfigurationException(
                    issuer.isPresent() ? ISSUER : AUDIENCE,
                    issuer.or(() -> audience).orElse(""),
                    "only used with %s or %s".formatted(KEY, JWKS_URL));
        }
    }

    /** From properties. */
    public static SecurityConfiguration of(Settings settings) {
        return new SecurityConfiguration(
                given(settings, KEY),
                given(settings, JWKS_URL).map(SecurityConfiguration::url),
                given(settings, ISSUER),
                given(settings, AUDIENCE),
                settings.text(ROLES_CLAIM, "roles"),
                settings.choice(METRICS, Metrics.ADMINISTER));
    }

    /** Whether callers need a token. */
    boolean isOn() {
        return key.isPresent() || jwksUrl.isPresent();
    }

    private static Optional<String> given(Settings settings, String property) {
        return Optional.of(settings.text(property, "")).filter(text -> !text.isEmpty());
    }

    private static URI url(String text) {
        InvalidConfigurationException.matching(
                KEYS_AT, JWKS_URL, text, "the https URL of a JSON web key set (http on loopback)");
        return URI.create(text);
    }

    @Override
    public String toString() {
        return "SecurityConfiguration[jwksUrl=%s, issuer=%s]".formatted(jwksUrl, issuer);
    }
}
