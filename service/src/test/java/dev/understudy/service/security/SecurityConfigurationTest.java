package dev.understudy.service.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.service.InvalidConfigurationException;
import dev.understudy.service.KnownProperties;
import dev.understudy.service.Settings;
import io.micronaut.context.ApplicationContext;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityConfigurationTest {
    private static final String AUDIENCE = "understudy.security.audience";
    private static final String ISSUER = "understudy.security.issuer";

    @Test
    void theKeysOfAnIssuerWantItsNameAndAnAudience() {
        for (String missing : new String[] {ISSUER, AUDIENCE}) {
            assertThatThrownBy(() -> of("https://issuer.example/keys", missing))
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessageContaining(missing + " =");
        }
        assertThat(of("https://issuer.example/keys", "").isOn()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://issuer.example/keys",
                "http://localhost.issuer.example/keys",
                "http://localhost@issuer.example/keys",
                "http://127.0.0.1:80@issuer.example/keys",
                "http://127.0.0.1.example/keys",
                "ftp://127.0.0.1/keys",
                "https://"
            })
    void keysThatCouldBeChangedOnTheirWayAreNotTaken(String url) {
        assertThatThrownBy(() -> of(url, ""))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(SecurityConfiguration.JWKS_URL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://issuer.example/keys",
                "http://localhost:8080/keys",
                "http://127.0.0.1/keys",
                "http://[::1]:8080/keys"
            })
    void encryptedOrOnLoopbackTheyAre(String url) {
        assertThat(of(url, "").jwksUrl()).hasToString("Optional[" + url + "]");
    }

    private static SecurityConfiguration of(String jwksUrl, String missing) {
        Map<String, Object> properties =
                new HashMap<>(
                        Map.of(
                                SecurityConfiguration.JWKS_URL,
                                jwksUrl,
                                ISSUER,
                                "https://issuer.example",
                                AUDIENCE,
                                "understudy"));
        properties.remove(missing);
        try (ApplicationContext context = ApplicationContext.builder(properties).build()) {
            return SecurityConfiguration.of(
                    new Settings(context.getEnvironment().start(), KnownProperties.sharedAnd()));
        }
    }
}
