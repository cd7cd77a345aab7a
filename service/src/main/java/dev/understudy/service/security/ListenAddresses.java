package dev.understudy.service.security;

import dev.understudy.service.StartCode;
import dev.understudy.service.StartException;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stops a server before it listens beyond loopback without asking for tokens. An address that is
 * not given is all of them.
 */
@Singleton
final class ListenAddresses implements BeanCreatedEventListener<NettyHttpServerConfiguration> {
    private static final String ALL = "all addresses";

    private final Provider<SecurityConfiguration> security;

    ListenAddresses(Provider<SecurityConfiguration> security) {
        this.security = security;
    }

    @Override
    public NettyHttpServerConfiguration onCreated(
            BeanCreatedEvent<NettyHttpServerConfiguration> event) {
        NettyHttpServerConfiguration server = event.getBean();
        Optional<String> beyond = hosts(server).filter(host -> !isLoopback(host)).findFirst();
        if (beyond.isPresent() && !security.get().isOn()) {
            throw new StartException(
                    StartCode.UNPROTECTED,
                    "the service would listen on %s (micronaut.server.host) and answer everybody: set"
                                    .formatted(beyond.get())
                            + " understudy.security.issuer and understudy.security.jwks-url, or"
                            + " understudy.security.key; without them it listens on loopback only");
        }
        return server;
    }

    private static Stream<String> hosts(NettyHttpServerConfiguration server) {
        List<NettyHttpServerConfiguration.NettyListenerConfiguration> listeners =
                Optional.ofNullable(server.getListeners()).orElse(List.of());
        return listeners.isEmpty()
                ? Stream.of(named(server.getHost().orElse(null)))
                : listeners.stream().map(listener -> named(listener.getHost()));
    }

    private static String named(@Nullable String host) {
        return host == null || host.isBlank() ? ALL : host;
    }

    private static boolean isLoopback(String host) {
        if (host.equals(ALL)) {
            return false;
        }
        try {
            return Stream.of(InetAddress.getAllByName(host))
                    .allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException _) {
            return false;
        }
    }
}
