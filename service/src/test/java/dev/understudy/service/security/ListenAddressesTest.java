package dev.understudy.service.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.service.StartCode;
import dev.understudy.service.StartException;
import io.micronaut.context.ApplicationContext;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing listens here: what a server would be made from is looked at before. */
class ListenAddressesTest {
    private static final String LISTENER = "micronaut.server.netty.listeners.two.host";

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.1.2.3"})
    void onLoopbackNoTokensAreNeeded(String host) {
        assertThat(made(Map.of("micronaut.server.host", host))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", " ", "no-such-host.invalid"})
    void beyondLoopbackTheyAre(String host) {
        assertRefused(Map.of("micronaut.server.host", host));
        assertThat(
                        made(
                                Map.of(
                                        "micronaut.server.host",
                                        host,
                                        SecurityConfiguration.KEY,
                                        GuardedServer.KEY)))
                .isTrue();
    }

    @Test
    void anAddressThatIsNotGivenIsAllOfThem() {
        assertRefused(Map.of());
    }

    @Test
    void everyListenerCounts() {
        assertRefused(Map.of("micronaut.server.host", "127.0.0.1", LISTENER, "0.0.0.0"));
        assertThat(made(Map.of("micronaut.server.host", "0.0.0.0", LISTENER, "127.0.0.1")))
                .isTrue();
    }

    private static void assertRefused(Map<String, Object> properties) {
        assertThatThrownBy(() -> made(properties))
                .isInstanceOfSatisfying(
                        StartException.class,
                        e -> assertThat(e.code()).isEqualTo(StartCode.UNPROTECTED))
                .hasMessageContainingAll(
                        "micronaut.server.host",
                        "understudy.security.key",
                        "understudy.security.issuer",
                        "understudy.security.jwks-url");
    }

    private static boolean made(Map<String, Object> properties) {
        try (ApplicationContext context = ApplicationContext.run(properties)) {
            return context.getBean(NettyHttpServerConfiguration.class) != null;
        }
    }
}
