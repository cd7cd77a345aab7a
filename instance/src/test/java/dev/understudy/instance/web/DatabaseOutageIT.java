package dev.understudy.instance.web;

import static dev.understudy.instance.web.Answers.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.instance.Contoso;
import dev.understudy.sandbox.Database;
import dev.understudy.sandbox.PostgresServer;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An instance outlives its database's absence, also at its own start. */
@Timeout(300)
final class DatabaseOutageIT {
    private static final String BODY =
            "{\"accountNumber\": \"A-1\", \"name\": \"x\", \"createdOn\": \"2026-11-21T08:00:00Z\"}";

    @Test
    void requestsFailWhileTheDatabaseIsAwayAndSucceedAfterwards() {
        try (PostgresServer postgres = PostgresServer.open()) {
            Database database = postgres.freshDatabase();
            postgres.stop();
            try (InstanceServer us =
                    InstanceServer.start(database, "us", String.join(",", Contoso.ENTRIES))) {
                String path = "accounts(" + UUID.randomUUID() + ")";
                assertThat(us.health().statusCode()).isEqualTo(503);
                assertError(us.send("PATCH", path, BODY), 503, "DatabaseUnavailable");

                postgres.start();
                us.awaitHealth(200);
                assertThat(us.send("PATCH", path, BODY).statusCode()).isEqualTo(204);

                postgres.stop();
                assertError(us.get(path), 503, "DatabaseUnavailable");
                assertThat(us.health().statusCode()).isEqualTo(503);

                postgres.start();
                us.awaitHealth(200);
                assertThat(us.get(path).statusCode()).isEqualTo(200);
            }
        }
    }
}
