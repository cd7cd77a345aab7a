package dev.understudy.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Properties {@code understudy.registry.*}.
 *
 * @param url base URL of a registry with Confluent's API
 * @param login user and password, if it wants any
 * @param trust whom to believe that it is the registry; those whom Java believes if empty
 */
public record RegistryConfiguration(String url, Optional<Login> login, Optional<TrustStore> trust) {
    private static final String PREFIX = "understudy.registry.";
    private static final String PROPERTY = PREFIX + "url";

    /** What HTTP's basic authentication sends. */
    public record Login(String user, String password) {
        public Login {
            InvalidConfigurationException.matching(
                    "[^:\\s]+", PREFIX + "user", user, "a name without a colon");
        }

        /** The value of the header {@code Authorization}. */
        public String header() {
            return "Basic "
                    + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
        }

        @Override
        public String toString() {
            return "Login[user=" + user + "]";
        }
    }

    public RegistryConfiguration {
        InvalidConfigurationException.matching(
                "https?://[^\\s@]+",
                PROPERTY,
                url,
                "the base URL of a schema registry, such as http://localhost:8081");
    }

    /** Of a registry that anybody may ask. */
    public RegistryConfiguration(String url) {
        this(url, Optional.empty(), Optional.empty());
    }

    /** From properties. */
    public static RegistryConfiguration of(Settings settings) {
        return new RegistryConfiguration(
                settings.text(PROPERTY, ""),
                Optional.of(settings.text(PREFIX + "user", ""))
                        .filter(user -> !user.isEmpty())
                        .map(user -> new Login(user, settings.text(PREFIX + "password", ""))),
                TrustStore.of(settings, PREFIX + "truststore", PREFIX + "truststore-password"));
    }

    /** What Confluent's client is configured with, beside its time-outs. */
    public Map<String, String> client() {
        Map<String, String> client = new HashMap<>();
        client.put("schema.registry.url", url);
        login.ifPresent(who -> {
            client.put("basic.auth.credentials.source", "USER_INFO");
            client.put("basic.auth.user.info", who.user() + ":" + who.password());
        });
        trust.ifPresent(store -> {
            client.put("schema.registry.ssl.truststore.location", store.file().toString());
            client.put("schema.registry.ssl.truststore.password", store.password());
            client.put("schema.registry.ssl.truststore.type", store.type());
        });
        return client;
    }
}
