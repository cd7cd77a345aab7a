package dev.understudy.instance.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.sandbox.Database;
import dev.understudy.sandbox.PostgresServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Requests made of pieces of good ones: none is answered with a fault or tells of the inside, and
 * what is refused has changed nothing. The seed is {@code -Dtest.seed}, and told when it fails.
 */
@Timeout(120)
final class FuzzIT {
    private static final int REQUESTS = Integer.getInteger("test.requests", 600);

    private final long seed = Long.getLong("test.seed", System.nanoTime());
    private final FuzzRequests requests = new FuzzRequests(new Random(seed));

    @Test
    void noRequestIsAFaultAndWhatIsRefusedChangesNothing() throws Exception {
        Database database = PostgresServer.shared().freshDatabase();
        try (Connection connection = database.connect();
                InstanceServer us =
                        InstanceServer.start(
                                database,
                                "us",
                                "us.contoso.crm.Account,us.contoso.crm.Contact,europe.contoso.crm.Ticket",
                                "understudy.web.max-body-bytes=2000")) {
            String account =
                    "{\"accountNumber\": \"A-1\", \"name\": \"a\", \"createdOn\": \"2026-11-21T08:00:00Z\"}";
            us.send("PATCH", "accounts(" + FuzzRequests.ID + ")", account);
            String before = rows(connection);
            for (int i = 0; i < REQUESTS; i++) {
                HttpRequest request = requests.next(us);
                HttpResponse<String> answer = us.send(request);
                String what =
                        "seed %d, request %d: %s %s → %s"
                                .formatted(seed, i, request.method(), request.uri(), answer.body());
                assertThat(answer.statusCode()).as(what).isNotIn(500, 502, 503, 504);
                assertThat(answer.body())
                        .as(what)
                        .doesNotContain(
                                "Exception",
                                "java.",
                                "dev.understudy",
                                "SELECT ",
                                "org.postgresql");
                if (answer.statusCode() >= 400) {
                    assertThat(answer.body()).as(what).startsWith("{\"error\":{\"code\":\"");
                }
                boolean write = !request.method().equals("GET");
                if (write || i % 50 == 0) {
                    String after = rows(connection);
                    if (!write || answer.statusCode() >= 400) {
                        assertThat(after).as(what).isEqualTo(before);
                    }
                    before = after;
                }
            }
        }
    }

    private static String rows(Connection connection) throws SQLException {
        String sql =
                """
                SELECT coalesce(string_agg(t, E'\\n' ORDER BY t), '') FROM (
                    SELECT a::text AS t FROM contoso_crm.account AS a
                    UNION ALL SELECT c::text FROM contoso_crm.contact AS c
                    UNION ALL SELECT k::text FROM contoso_crm.ticket AS k) AS all_rows
                """;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
