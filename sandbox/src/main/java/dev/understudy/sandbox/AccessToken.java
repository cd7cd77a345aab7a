package dev.understudy.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Bearer tokens for services that are configured with a key: JWTs signed by HMAC (HS256). */
public final class AccessToken {
    private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
    private static final int KEY_BYTES = 32;

    private AccessToken() {}

    /** A new key, as {@code understudy.security.key} takes it. */
    public static String newKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return HexFormat.of().formatHex(key);
    }

    /**
     * A token.
     *
     * @param roles such as {@code read} or {@code write:contoso.crm.Ticket}, without quotes
     */
    public static String of(String key, List<String> roles, Instant expires) {
        String claims =
                "{\"sub\":\"understudy\",\"exp\":%d,\"roles\":[%s]}"
                        .formatted(
                                expires.getEpochSecond(),
                                roles.stream()
                                        .map(role -> "\"" + role + "\"")
                                        .collect(Collectors.joining(",")));
        String signed = encoded(HEADER.getBytes(UTF_8)) + "." + encoded(claims.getBytes(UTF_8));
        return signed + "." + encoded(signature(key, signed));
    }

    private static byte[] signature(String key, String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
            return mac.doFinal(signed.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key cannot be used", e);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
