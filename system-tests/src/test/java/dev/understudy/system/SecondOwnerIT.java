package dev.understudy.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.chaos.check.ChangeTopic;
import dev.understudy.chaos.load.SourceLoad;
import dev.understudy.sandbox.Sandbox;
import dev.understudy.sandbox.SandboxOptions;
import dev.understudy.sandbox.SandboxPart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes of one owner. The one that publishes is frozen (SIGSTOP), the other takes over, and
 * the first wakes up late, under a load that both processes' database takes all the time.
 */
@Timeout(180)
class SecondOwnerIT {
    private static final String TOPIC = "us.contoso.crm.Account";

    /** Ten seconds are promised; a busy machine has some more. */
    private static final Duration TAKEOVER = Duration.ofSeconds(20);

    @TempDir private Path directory;

    @Test
    void aSecondProcessTakesOverFromAFrozenOneWhichIsFencedWhenItWakesUp() throws Exception {
        EnumSet<SandboxPart> parts =
                EnumSet.of(
                        SandboxPart.KAFKA,
                        SandboxPart.REGISTRY,
                        SandboxPart.US_DATABASE,
                        SandboxPart.US);
        try (Sandbox sandbox = Sandbox.open(SandboxOptions.defaults().withParts(parts))) {
            int port = freePort();
            URI url = URI.create("http://127.0.0.1:" + port);
            Process second = start(sandbox, port);
            try (SourceLoad load = SourceLoad.start(awaitUp(second, url), 7)) {
                awaitAccepted(load, 100);
                assertThat(new PlainClient(url).get("/health")).contains("standby");

                sandbox.us().pause();
                long frozenNs = System.nanoTime();
                awaitAccepted(load, 200);
                Map<String, Long> written = Rows.versions(sandbox.usDatabase(), "account");
                Eventually.holds(
                        "what was written meanwhile is published",
                        TAKEOVER,
                        () -> isPublished(sandbox, written));
                System.out.printf(
                        "A second process published %d ms after the first one was frozen%n",
                        (System.nanoTime() - frozenNs) / 1_000_000);

                sandbox.us().resume();
                awaitAccepted(load, 300);
                load.stop();
                Map<String, Long> all = Rows.versions(sandbox.usDatabase(), "account");
                Eventually.holds(
                        "the last record of each key is its last version",
                        TAKEOVER,
                        () -> all.equals(ChangeTopic.last(read(sandbox))));
                assertThat(load.lost()).isEmpty();
                List<ChangeTopic.Event> events = read(sandbox);
                assertThat(ChangeTopic.last(events)).isEqualTo(ChangeTopic.highest(events));
            } finally {
                second.destroyForcibly().waitFor();
            }
        }
    }

    private static boolean isPublished(Sandbox sandbox, Map<String, Long> versions) {
        Map<String, Long> published = ChangeTopic.highest(read(sandbox));
        return versions.entrySet().stream()
                .allMatch(row -> published.getOrDefault(row.getKey(), 0L) >= row.getValue());
    }

    private static List<ChangeTopic.Event> read(Sandbox sandbox) {
        return ChangeTopic.read(sandbox.kafka().bootstrapServers(), TOPIC);
    }

    private static void awaitAccepted(SourceLoad load, int more) throws Exception {
        long enough = load.writes().accepted() + more;
        Eventually.holds(
                "more writes are accepted",
                Duration.ofSeconds(60),
                () -> load.writes().accepted() >= enough);
    }

    private Process start(Sandbox sandbox, int port) throws Exception {
        ServiceJar jar = new ServiceJar("source-instance");
        ProcessBuilder builder =
                jar.process(
                        jar.log(directory),
                        Map.of(
                                "UNDERSTUDY_INSTANCE", "us",
                                "UNDERSTUDY_CATALOG",
                                        "us.contoso.crm.Account,us.contoso.crm.Contact",
                                "UNDERSTUDY_DATABASE_URL", sandbox.usDatabase().jdbcUrl(),
                                "UNDERSTUDY_DATABASE_USER", sandbox.usDatabase().user(),
                                "UNDERSTUDY_DATABASE_PASSWORD", sandbox.usDatabase().password(),
                                "UNDERSTUDY_KAFKA_BOOTSTRAP_SERVERS",
                                        sandbox.kafka().bootstrapServers(),
                                "UNDERSTUDY_REGISTRY_URL", sandbox.registry().url(),
                                "MICRONAUT_SERVER_PORT", String.valueOf(port)));
        return builder.start();
    }

    private static URI awaitUp(Process process, URI url) throws Exception {
        PlainClient client = new PlainClient(url);
        Eventually.holds(
                "the second process is up",
                Duration.ofSeconds(60),
                () -> process.isAlive() && isUp(client));
        return url;
    }

    private static boolean isUp(PlainClient client) throws InterruptedException {
        try {
            return client.send("GET", "/health", "").statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
