package dev.understudy.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
final class RegistryServerIT {

    private static final String TICKET =
            """
            {"schema": "{\\"type\\": \\"record\\", \\"name\\": \\"Ticket\\", \\"entity.key\\": \\"id\\",\
             \\"fields\\": [{\\"name\\": \\"id\\", \\"type\\": \\"string\\",\
             \\"entity.references\\": \\"contoso.crm.Account\\"}]}"}
            """;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void schemasKeepTheirIdsAndPropertiesOverAKill() throws Exception {
        try (RegistryServer registry = RegistryServer.open()) {
            assertThat(register(registry, "other", "{\"schema\": \"\\\"string\\\"\"}"))
                    .isEqualTo("{\"id\":1}");
            assertThat(register(registry, "ticket", TICKET)).isEqualTo("{\"id\":2}");

            registry.kill();
            registry.start();

            assertThat(schema(registry, 2))
                    .contains("entity.key", "entity.references", "contoso.crm.Account");
            assertThat(register(registry, "ticket", TICKET)).isEqualTo("{\"id\":2}");
        }
    }

    private String register(RegistryServer registry, String subject, String body) throws Exception {
        URI uri = URI.create(registry.url() + "/subjects/" + subject + "-value/versions");
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                        .POST(BodyPublishers.ofString(body))
                        .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    private String schema(RegistryServer registry, int id) throws Exception {
        URI uri = URI.create(registry.url() + "/schemas/ids/" + id);
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }
}
