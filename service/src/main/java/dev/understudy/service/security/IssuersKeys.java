package dev.understudy.service.security;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSourceWrapper;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/** An issuer's keys, and whether they could be had when last asked for. Thread-safe. */
final class IssuersKeys extends JWKSetSourceWrapper<SecurityContext> {
    private static final int WAIT_MS = 3000;
    private static final int MOST_BYTES = 1 << 20;

    private volatile boolean had;

    IssuersKeys(URL url) {
        super(
                new URLBasedJWKSetSource<>(
                        url, new DefaultResourceRetriever(WAIT_MS, WAIT_MS, MOST_BYTES)));
    }

    @Override
    public JWKSet getJWKSet(
            JWKSetCacheRefreshEvaluator refresh, long nowMs, @Nullable SecurityContext context)
            throws KeySourceException {
        had = false;
        JWKSet keys = getSource().getJWKSet(refresh, nowMs, context);
        had = true;
        return keys;
    }

    boolean wereHad() {
        return had;
    }
}
