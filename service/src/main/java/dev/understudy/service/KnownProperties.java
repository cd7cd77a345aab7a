package dev.understudy.service;

import java.util.Set;
import java.util.TreeSet;

/** The names of all properties {@code understudy.*} that a service reads. */
public record KnownProperties(Set<String> names) {
    private static final Set<String> SHARED =
            Set.of(
                    "understudy.instance",
                    "understudy.catalog",
                    "understudy.schemas",
                    "understudy.database.url",
                    "understudy.database.user",
                    "understudy.database.password",
                    "understudy.database.pool-size",
                    "understudy.database.connection-timeout-ms",
                    "understudy.kafka.bootstrap-servers",
                    "understudy.kafka.client-properties",
                    "understudy.registry.url",
                    "understudy.registry.user",
                    "understudy.registry.password",
                    "understudy.registry.truststore",
                    "understudy.registry.truststore-password",
                    "understudy.security.key",
                    "understudy.security.jwks-url",
                    "understudy.security.issuer",
                    "understudy.security.audience",
                    "understudy.security.roles-claim",
                    "understudy.security.metrics",
                    "understudy.security.hosts");

    public KnownProperties {
        names = Set.copyOf(names);
    }

    /** Those that every service reads, and some of its own. */
    public static KnownProperties sharedAnd(String... own) {
        Set<String> names = new TreeSet<>(SHARED);
        names.addAll(Set.of(own));
        return new KnownProperties(names);
    }
}
