package dev.understudy.cli.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.understudy.cli.http.ServiceClient;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** A replicator's administration of dead letters, over HTTP; an option of each subcommand. */
final class ReplicatorClient {
    private static final String PATH = "/admin/dead-letters";

    /** A page of letters is applied before the answer comes. */
    private static final Duration ANSWER = Duration.ofMinutes(2);

    @Option(
            names = "--replicator",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:18082",
            description = "Where the replicator is. Default: ${DEFAULT-VALUE}.")
    private URI replicator;

    private ReplicatorClient() {}

    /**
     * Asks for what is below a path.
     *
     * @throws dev.understudy.cli.http.ServiceFault if there is no answer, or an error
     */
    JsonNode read(String path, Map<String, String> query) {
        return client().read(place(path, query));
    }

    /** As {@link #read}, of something to do. */
    JsonNode act(String path, Map<String, String> query) {
        return client().act(place(path, query));
    }

    private ServiceClient client() {
        return new ServiceClient(replicator, ANSWER);
    }

    private static String place(String path, Map<String, String> query) {
        String text =
                query.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
                        .collect(Collectors.joining("&"));
        return PATH + path + (text.isEmpty() ? "" : "?" + text);
    }

    /** An ID as a segment of a path. */
    static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
