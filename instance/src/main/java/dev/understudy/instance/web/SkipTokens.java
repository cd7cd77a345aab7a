package dev.understudy.instance.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.store.query.SigningKeys;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What links carry from one answer to the next: opaque, and signed, so that nobody makes or changes
 * one, with a key that all processes of the instance share.
 */
@Singleton
final class SkipTokens {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SIGNATURE_BYTES = 16;

    private final SigningKeys keys;
    private final AtomicReference<byte @Nullable []> key = new AtomicReference<>();

    SkipTokens(SigningKeys keys) {
        this.keys = keys;
    }

    /**
     * The token of this content.
     *
     * @param purpose only who names it again can read the token
     */
    String write(String purpose, ObjectNode content) {
        byte[] json = Json.write(content);
        byte[] signature = signature(purpose, json);
        byte[] all = Arrays.copyOf(signature, SIGNATURE_BYTES + json.length);
        System.arraycopy(json, 0, all, SIGNATURE_BYTES, json.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    /** The content of a token, empty if it is none of ours for this purpose. */
    Optional<JsonNode> read(String purpose, String token) {
        byte[] all;
        try {
            all = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        if (all.length <= SIGNATURE_BYTES) {
            return Optional.empty();
        }
        byte[] json = Arrays.copyOfRange(all, SIGNATURE_BYTES, all.length);
        byte[] given = Arrays.copyOf(all, SIGNATURE_BYTES);
        return MessageDigest.isEqual(given, signature(purpose, json))
                ? Optional.of(Json.read(json))
                : Optional.empty();
    }

    private byte[] signature(String purpose, byte[] json) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key(), ALGORITHM));
            mac.update(purpose.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return Arrays.copyOf(mac.doFinal(json), SIGNATURE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    private byte[] key() {
        byte[] known = key.get();
        if (known == null) {
            known = keys.key("web.tokens");
            key.set(known);
        }
        return known;
    }
}
