package dev.understudy.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.chaos.check.ChangeTopic;
import dev.understudy.sandbox.Database;
import dev.understudy.sandbox.Sandbox;
import dev.understudy.sandbox.SandboxOptions;
import dev.understudy.sandbox.Service;
import dev.understudy.sandbox.ServiceOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A type gets fields while two processes of its owner take writes and its events are replicated:
 * once with the owner's new process first, once with the readers first.
 */
@Timeout(300)
class RollingUpgradeIT {
    private static final String VEHICLE =
            """
            {"type": "record", "name": "Vehicle", "namespace": "fleet", "entity.key": "plate",
             "entity.set": "vehicles", "fields": [{"name": "plate", "type": "string"}%s]}\
            """;
    private static final String TRIP =
            """
            {"type": "record", "name": "Trip", "namespace": "fleet", "entity.key": "tripId",
             "entity.set": "trips", "fields": [{"name": "tripId", "type": "long"},
             {"name": "vehiclePlate", "type": "string", "entity.references": "fleet.Vehicle"}]}\
            """;

    /** The fields, in the order in which they came. */
    private static final List<String> FIELDS = List.of("model", "colour", "seats");

    @TempDir private Path directory;

    @Test
    void versionsOfASchemaRunSideBySideInEitherOrder() throws Exception {
        try (Sandbox sandbox = Sandbox.open(options());
                Service second = second(sandbox);
                VehicleLoad load = new VehicleLoad()) {
            load.to(sandbox.us().baseUrl(), FIELDS.subList(0, 1));
            load.to(second.baseUrl(), FIELDS.subList(0, 2));
            load.start();
            load.awaitAccepted(150);
            assertReplicated(sandbox, load, 2);

            sandbox.replicator().restartWith(schemas(2));
            sandbox.europe().restartWith(schemas(2));
            roll(load, sandbox.us(), 2);
            assertReplicated(sandbox, load, 2);

            sandbox.replicator().restartWith(schemas(3));
            sandbox.europe().restartWith(schemas(3));
            load.awaitAccepted(50);
            roll(load, second, 3);
            assertReplicated(sandbox, load, 3);
            roll(load, sandbox.us(), 3);
            assertReplicated(sandbox, load, 3);

            assertThat(load.refused()).as("writes that no process took").isEmpty();
            assertThat(
                            ChangeTopic.read(
                                    sandbox.kafka().bootstrapServers(),
                                    "europe.understudy.dead-letters"))
                    .as("dead letters")
                    .isEmpty();
        }
    }

    private SandboxOptions options() throws Exception {
        for (int version = 1; version <= FIELDS.size(); version++) {
            StringBuilder fields = new StringBuilder();
            for (String field : FIELDS.subList(0, version)) {
                fields.append(
                        ", {\"name\": \"%s\", \"type\": [\"null\", \"string\"], \"default\": null}"
                                .formatted(field));
            }
            Path schemas = Files.createDirectory(directory.resolve("v" + version));
            Files.writeString(schemas.resolve("vehicle.avsc"), VEHICLE.formatted(fields));
            Files.writeString(schemas.resolve("trip.avsc"), TRIP);
        }
        return SandboxOptions.defaults()
                .withEntities(
                        List.of("us.fleet.Vehicle", "europe.fleet.Trip"),
                        List.of(directory.resolve("v1").toString()));
    }

    private Map<String, String> schemas(int version) {
        return Map.of("UNDERSTUDY_SCHEMAS", directory.resolve("v" + version).toString());
    }

    /** A second process of the owner, with the next schema from the start. */
    private Service second(Sandbox sandbox) {
        Database database = sandbox.usDatabase();
        return Service.open(
                ServiceOptions.of("us-2", new ServiceJar("source-instance").path())
                        .withEnvironment("UNDERSTUDY_INSTANCE", "us")
                        .withEnvironment("UNDERSTUDY_CATALOG", "us.fleet.Vehicle")
                        .withEnvironment("UNDERSTUDY_SCHEMAS", directory.resolve("v2").toString())
                        .withEnvironment("UNDERSTUDY_DATABASE_URL", database.jdbcUrl())
                        .withEnvironment("UNDERSTUDY_DATABASE_USER", database.user())
                        .withEnvironment("UNDERSTUDY_DATABASE_PASSWORD", database.password())
                        .withEnvironment(
                                "UNDERSTUDY_KAFKA_BOOTSTRAP_SERVERS",
                                sandbox.kafka().bootstrapServers())
                        .withEnvironment("UNDERSTUDY_REGISTRY_URL", sandbox.registry().url()));
    }

    /** Restarts one of the owner's processes; its writes go to the other one meanwhile. */
    private void roll(VehicleLoad load, Service process, int version) throws Exception {
        load.noMoreTo(process.baseUrl());
        process.restartWith(schemas(version));
        load.to(process.baseUrl(), FIELDS.subList(0, version));
        load.awaitAccepted(100);
    }

    /** Every field of every vehicle, at the owner and at the replica, is what was last accepted. */
    private static void assertReplicated(Sandbox sandbox, VehicleLoad load, int fields)
            throws Exception {
        load.pause();
        Map<String, List<String>> written = load.vehicles(FIELDS.subList(0, fields));
        assertThat(vehicles(sandbox.usDatabase(), fields)).isEqualTo(written);
        try {
            Eventually.holds(
                    "the replica is equal",
                    Duration.ofSeconds(60),
                    () -> vehicles(sandbox.europeDatabase(), fields).equals(written));
        } catch (AssertionError e) {
            assertThat(vehicles(sandbox.europeDatabase(), fields)).isEqualTo(written);
            throw e;
        }
        load.resume();
    }

    private static Map<String, List<String>> vehicles(Database database, int fields)
            throws SQLException {
        String columns = String.join(", ", FIELDS.subList(0, fields));
        Map<String, List<String>> vehicles = new TreeMap<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT plate, ARRAY[%s] FROM fleet.vehicle".formatted(columns))) {
            while (rows.next()) {
                vehicles.put(
                        rows.getString(1), Arrays.asList((String[]) rows.getArray(2).getArray()));
            }
        }
        return vehicles;
    }
}
