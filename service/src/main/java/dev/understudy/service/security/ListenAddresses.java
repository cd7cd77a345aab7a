package dev.understudy.service.security;

import dev.understudy.service.StartCode;
import dev.understudy.service.StartException;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import io.micronaut.http.ssl.ServerSslConfiguration;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops a server before it listens beyond loopback without asking for tokens, and warns of one that
 * asks for them without TLS. An address that is not given is all of them.
 */
@Singleton
final class ListenAddresses implements BeanCreatedEventListener<NettyHttpServerConfiguration> {
    private static final Logger LOG = LoggerFactory.getLogger(ListenAddresses.class);
    private static final String ALL = "all addresses";

    private final Provider<SecurityConfiguration> security;
    private final Provider<ServerSslConfiguration> tls;

    private record Address(String host, boolean isEncrypted) {}

    ListenAddresses(
            Provider<SecurityConfiguration> security, Provider<ServerSslConfiguration> tls) {
        this.security = security;
        this.tls = tls;
    }

    @Override
    public NettyHttpServerConfiguration onCreated(
            BeanCreatedEvent<NettyHttpServerConfiguration> event) {
        NettyHttpServerConfiguration server = event.getBean();
        List<Address> beyond =
                addresses(server).filter(address -> !isLoopback(address.host())).toList();
        if (!beyond.isEmpty() && !security.get().isOn()) {
            throw new StartException(
                    StartCode.UNPROTECTED,
                    "the service would listen on %s (micronaut.server.host) and answer everybody: set"
                                    .formatted(beyond.getFirst().host())
                            + " understudy.security.jwks-url, understudy.security.issuer and"
                            + " understudy.security.audience, or"
                            + " understudy.security.key; without them it listens on loopback only");
        }
        beyond.stream()
                .filter(address -> !address.isEncrypted())
                .forEach(address ->
                        LOG.warn(
                                "Listening on {} without TLS: who can hear the network can take"
                                        + " tokens from it, unless a proxy encrypts",
                                address.host()));
        return server;
    }

    private Stream<Address> addresses(NettyHttpServerConfiguration server) {
        List<NettyHttpServerConfiguration.NettyListenerConfiguration> listeners =
                Optional.ofNullable(server.getListeners()).orElse(List.of());
        return listeners.isEmpty()
                ? Stream.of(
                        new Address(named(server.getHost().orElse(null)), tls.get().isEnabled()))
                : listeners.stream()
                        .map(listener -> new Address(named(listener.getHost()), listener.isSsl()));
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
