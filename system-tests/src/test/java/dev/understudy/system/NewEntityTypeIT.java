package dev.understudy.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.chaos.check.ChangeTopic;
import dev.understudy.lob.client.BearerToken;
import dev.understudy.sandbox.Sandbox;
import dev.understudy.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two entity types that this repository does not know, added by schema files and configuration
 * alone.
 */
@Timeout(120)
class NewEntityTypeIT {
    private static final String VEHICLE =
            """
            {"type": "record", "name": "Vehicle", "namespace": "fleet", "entity.key": "plate", "entity.set": "vehicles",
             "fields": [
               {"name": "plate", "type": "string"},
               {"name": "model", "type": "string"},
               {"name": "operatorId", "type": ["null", {"type": "string", "logicalType": "uuid"}], "default": null,
                "entity.references": "contoso.crm.Account"},
               {"name": "replaces", "type": ["null", "string"], "default": null, "entity.references": "fleet.Vehicle"},
               {"name": "equipment", "type": {"type": "array", "items": "string"}, "default": []}]}\
            """;
    private static final String TRIP =
            """
            {"type": "record", "name": "Trip", "namespace": "fleet", "entity.key": "tripId", "entity.set": "trips",
             "fields": [
               {"name": "tripId", "type": "long"},
               {"name": "vehiclePlate", "type": "string", "entity.references": "fleet.Vehicle"},
               {"name": "day", "type": {"type": "int", "logicalType": "date"}}]}\
            """;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void aSchemaAndALineOfConfigurationCarryATypeFromSourceToTarget(@TempDir Path schemas)
            throws Exception {
        Files.writeString(schemas.resolve("vehicle.avsc"), VEHICLE);
        Files.writeString(schemas.resolve("trip.avsc"), TRIP);
        SandboxOptions options =
                SandboxOptions.defaults()
                        .withEntities(
                                List.of(
                                        "us.contoso.crm.Account",
                                        "us.contoso.crm.Contact",
                                        "us.fleet.Vehicle",
                                        "europe.fleet.Trip"),
                                List.of("classpath:contoso", schemas.toString()));
        try (Sandbox sandbox = Sandbox.open(options)) {
            URI us = sandbox.us().baseUrl();
            URI europe = sandbox.europe().baseUrl();

            assertThat(
                            patch(
                                    europe,
                                    "trips(7)",
                                    "{\"vehicle@odata.bind\":\"/vehicles('B-UN%2042')\"}"))
                    .as("a required field is missing")
                    .isEqualTo(400);
            assertThat(
                            patch(
                                    europe,
                                    "trips(7)",
                                    "{\"vehiclePlate\":\"B-UN 42\",\"day\":\"2026-11-21\"}"))
                    .isEqualTo(204);
            assertThat(get(europe, "vehicles('B-UN%2042')")).contains("\"placeholder\"");

            Eventually.holds(
                    "the target publishes what it owns",
                    Duration.ofSeconds(20),
                    () ->
                            ChangeTopic.read(
                                            sandbox.kafka().bootstrapServers(), "europe.fleet.Trip")
                                    .stream()
                                    .anyMatch(event ->
                                            event.key().equals("7") && event.version() == 1));

            String operator = "7f1b2c3d-0000-4000-8000-00000000000a";
            String vehicle =
                    """
                    {"model": "Van", "operatorId": "%s", "replaces": "B-UN 41", "equipment": ["hook", "winch"]}\
                    """
                            .formatted(operator);
            assertThat(patch(us, "vehicles('B-UN%2042')", vehicle)).isEqualTo(204);
            Eventually.holds(
                    "the vehicle is hydrated at the target",
                    Duration.ofSeconds(30),
                    () -> get(europe, "vehicles('B-UN%2042')").contains("\"hydrated\""));

            assertThat(get(europe, "vehicles('B-UN%2042')"))
                    .contains("\"model\":\"Van\"", "\"equipment\":[\"hook\",\"winch\"]", operator);
            assertThat(get(europe, "vehicles('B-UN%2041')")).contains("\"placeholder\"");
            assertThat(get(europe, "accounts(" + operator + ")")).contains("\"placeholder\"");
            assertThat(patch(europe, "vehicles('B-UN%2042')", vehicle))
                    .as("a replica is read-only")
                    .isEqualTo(405);
        }
    }

    private int patch(URI instance, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request =
                request(instance, path)
                        .method("PATCH", HttpRequest.BodyPublishers.ofString(body))
                        .header("Content-Type", "application/json")
                        .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static HttpRequest.Builder request(URI instance, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url(instance, path));
        BearerToken.header().ifPresent(token -> request.header("Authorization", token));
        return request;
    }

    private String get(URI instance, String path) throws IOException, InterruptedException {
        HttpRequest request = request(instance, path).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private static URI url(URI instance, String path) {
        return URI.create(instance + "/api/data/v1.0/" + path);
    }
}
