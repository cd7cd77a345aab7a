package dev.understudy.service.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells what a bearer token grants: a signed JWT that has not expired, of the issuer and for the
 * audience that are configured. May wait for the issuer's keys. Thread-safe.
 */
final class Tokens {
    /** Never both kinds: a public key must not be taken for an HMAC's secret. */
    private static final Set<JWSAlgorithm> SECRET =
            Set.of(JWSAlgorithm.HS256, JWSAlgorithm.HS384, JWSAlgorithm.HS512);

    private static final Set<JWSAlgorithm> PUBLIC =
            Set.of(
                    JWSAlgorithm.RS256,
                    JWSAlgorithm.RS384,
                    JWSAlgorithm.RS512,
                    JWSAlgorithm.PS256,
                    JWSAlgorithm.PS384,
                    JWSAlgorithm.PS512,
                    JWSAlgorithm.ES256,
                    JWSAlgorithm.ES384,
                    JWSAlgorithm.ES512);

    /** Known keys hold for so long while the issuer is away. */
    private static final Duration OUTAGE = Duration.ofHours(4);

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final String rolesClaim;
    private final Optional<IssuersKeys> issuersKeys;

    Tokens(SecurityConfiguration configuration) {
        rolesClaim = configuration.rolesClaim();
        issuersKeys = configuration.jwksUrl().map(Tokens::keys);
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(
                        JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(
                issuersKeys.isPresent()
                        ? new JWSVerificationKeySelector<>(PUBLIC, cached(issuersKeys.get()))
                        : new JWSVerificationKeySelector<>(
                                SECRET,
                                new ImmutableSecret<>(
                                        configuration.key().orElseThrow().getBytes(UTF_8))));
        JWTClaimsSet.Builder exactly = new JWTClaimsSet.Builder();
        configuration.issuer().ifPresent(exactly::issuer);
        processor.setJWTClaimsSetVerifier(
                new DefaultJWTClaimsVerifier<>(
                        configuration.audience().orElse(null), exactly.build(), Set.of("exp")));
    }

    private static JWKSource<SecurityContext> cached(IssuersKeys keys) {
        return JWKSourceBuilder.create(keys).outageTolerant(OUTAGE.toMillis()).build();
    }

    private static IssuersKeys keys(URI url) {
        try {
            return new IssuersKeys(url.toURL());
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(url + " is no URL", e);
        }
    }

    /** The roles that a token grants. */
    Grants grants(String token) throws InvalidTokenException, KeysUnavailableException {
        try {
            return Grants.of(roles(processor.process(token, null)));
        } catch (RateLimitReachedException e) {
            // The keys have just been asked for: this one is not among them, or there are none.
            if (issuersKeys.filter(IssuersKeys::wereHad).isPresent()) {
                throw new InvalidTokenException("the issuer has no such key");
            }
            throw new KeysUnavailableException(e);
        } catch (KeySourceException e) {
            throw new KeysUnavailableException(e);
        } catch (ParseException _) {
            throw new InvalidTokenException("it is not a signed JWT");
        } catch (BadJOSEException e) {
            throw new InvalidTokenException(reason(e));
        } catch (JOSEException _) {
            throw new InvalidTokenException("its signature cannot be checked");
        }
    }

    /** The library's messages may repeat what the token says; these do not. */
    private static String reason(BadJOSEException refused) {
        String message = String.valueOf(refused.getMessage());
        if (message.contains("Expired")) {
            return "it has expired";
        }
        return refused instanceof com.nimbusds.jwt.proc.BadJWTException
                ? "its time, issuer or audience is not accepted"
                : "its signature or algorithm is not accepted";
    }

    private Collection<String> roles(JWTClaimsSet claims) {
        return switch (claims.getClaim(rolesClaim)) {
            case String words -> Arrays.asList(words.strip().split("\\s+"));
            case Collection<?> list ->
                    list.stream().filter(String.class::isInstance).map(String.class::cast).toList();
            case null, default -> List.of();
        };
    }
}
