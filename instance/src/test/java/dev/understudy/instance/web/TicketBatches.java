package dev.understudy.instance.web;

import dev.understudy.instance.Contoso;
import dev.understudy.sandbox.Database;
import dev.understudy.sandbox.PostgresServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Batches of requests, and the tickets that they write, to a target that the tests share.
 *
 * @param run marks out the tickets of one test
 */
record TicketBatches(Database database, InstanceServer europe, String run) {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");

    /** For one test, at what is the same for all of this JVM. */
    static TicketBatches ofOneTest() {
        return new TicketBatches(Shared.DATABASE, Shared.EUROPE, UUID.randomUUID().toString());
    }

    UUID account() {
        return UUID.nameUUIDFromBytes(run.getBytes(StandardCharsets.UTF_8));
    }

    String ticket(String number) {
        return """
        {"ticketNumber": "%s-%s", "title": "Printer", "priority": "HIGH", "status": "OPEN",
         "account@odata.bind": "/accounts(%s)", "openedOn": "2026-11-21T08:00:00Z"}
        """
                .formatted(run, number, account())
                .strip();
    }

    HttpResponse<String> batch(String... parts) {
        return send(body(parts));
    }

    HttpResponse<String> send(String body, String... headers) {
        return send(europe, body, headers);
    }

    static HttpResponse<String> send(InstanceServer server, String body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server.url("$batch")))
                        .header("Content-Type", "multipart/mixed;boundary=b")
                        .POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return server.send(request.build());
    }

    static List<String> statuses(HttpResponse<String> answer) {
        List<String> statuses = new ArrayList<>();
        STATUS.matcher(answer.body()).results().forEach(one -> statuses.add(one.group(1)));
        return statuses;
    }

    static String targets(String... targets) {
        return "{\"Targets\": [" + String.join(",", targets) + "]}";
    }

    static String part(String line, String body) {
        return "--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
                + line
                + "\r\nContent-Type: application/json\r\n\r\n"
                + body
                + "\r\n";
    }

    static String change(String id, String line, String body) {
        return "--c\r\nContent-Type: application/http\r\nContent-ID: "
                + id
                + "\r\n\r\n"
                + line
                + "\r\nContent-Type: application/json\r\n\r\n"
                + body
                + "\r\n";
    }

    static String changeSet(String... changes) {
        return "--b\r\nContent-Type: multipart/mixed; boundary=\"c\"\r\n\r\n"
                + String.join("", changes)
                + "--c--\r\n\r\n";
    }

    static String body(String... parts) {
        return String.join("", parts) + "--b--\r\n";
    }

    /** Made at the first use. */
    private static final class Shared {
        private static final Database DATABASE = PostgresServer.shared().freshDatabase();
        private static final InstanceServer EUROPE =
                InstanceServer.start(
                        DATABASE,
                        "europe",
                        String.join(",", Contoso.ENTRIES),
                        "understudy.web.max-batch-requests=50",
                        "understudy.web.max-batch-answer-bytes=20000");
    }
}
