package dev.understudy.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.sandbox.Sandbox;
import dev.understudy.sandbox.SandboxOptions;
import dev.understudy.sandbox.SandboxPart;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the owner publishes, while its process is killed and restarted under load. */
@Timeout(180)
class TopicOrderIT {
    private static final String TOPIC = "us.contoso.crm.Account";
    private static Sandbox sandbox;

    @BeforeAll
    static void open() {
        EnumSet<SandboxPart> parts =
                EnumSet.of(
                        SandboxPart.KAFKA,
                        SandboxPart.REGISTRY,
                        SandboxPart.US_DATABASE,
                        SandboxPart.US);
        sandbox = Sandbox.open(SandboxOptions.defaults().withParts(parts));
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    @Test
    void theLastRecordOfEachKeyIsItsHighestVersionAndNoVersionIsMissing() throws Exception {
        try (AccountLoad load = AccountLoad.start(sandbox.us().baseUrl(), 1)) {
            Eventually.passes(Duration.ofSeconds(2));
            for (int kill = 0; kill < 3; kill++) {
                sandbox.us().kill();
                sandbox.us().start();
                Eventually.passes(Duration.ofSeconds(2));
            }
            sandbox.us().stop();
            sandbox.us().start();
            Eventually.passes(Duration.ofSeconds(1));
            load.stop();

            Map<String, Long> versions = Rows.versions(sandbox.usDatabase());
            Eventually.holds(
                    "every version is published",
                    Duration.ofSeconds(30),
                    () -> versions.equals(highest()));
            assertThat(load.lost()).as("after %s", load).isEmpty();
            assertThat(load.accepted()).as("accepted writes").isGreaterThan(500);
            assertThat(load.deleted()).as("accepted deletions").isGreaterThan(20);
        }
        List<ChangeTopic.Event> events =
                ChangeTopic.read(sandbox.kafka().bootstrapServers(), TOPIC);
        assertThat(last(events)).isEqualTo(highest(events));
        assertThat(events).anyMatch(ChangeTopic.Event::deletion);
        assertThat(firstGaps(events)).isEmpty();
    }

    /** Keys whose versions do not count up by one, when seen for the first time: a lost event. */
    private static Map<String, Long> firstGaps(List<ChangeTopic.Event> events) {
        Map<String, Long> next = new HashMap<>();
        Map<String, Long> gaps = new HashMap<>();
        for (ChangeTopic.Event event : events) {
            long expected = next.getOrDefault(event.key(), 1L);
            if (event.version() > expected) {
                gaps.put(event.key(), expected);
            }
            next.put(event.key(), Math.max(expected, event.version() + 1));
        }
        return gaps;
    }

    private static Map<String, Long> highest() {
        return highest(ChangeTopic.read(sandbox.kafka().bootstrapServers(), TOPIC));
    }

    private static Map<String, Long> highest(List<ChangeTopic.Event> events) {
        Map<String, Long> versions = new HashMap<>();
        events.forEach(event -> versions.merge(event.key(), event.version(), Math::max));
        return versions;
    }

    private static Map<String, Long> last(List<ChangeTopic.Event> events) {
        Map<String, Long> versions = new HashMap<>();
        events.forEach(event -> versions.put(event.key(), event.version()));
        return versions;
    }
}
