package dev.understudy.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.chaos.check.ChangeTopic;
import dev.understudy.chaos.load.SourceLoad;
import dev.understudy.sandbox.Sandbox;
import dev.understudy.sandbox.SandboxOptions;
import dev.understudy.sandbox.SandboxPart;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the owner publishes, while its process, Kafka and its database are killed under load. */
@Timeout(180)
class TopicOrderIT {
    /** Table to topic. */
    private static final Map<String, String> TOPICS =
            Map.of("account", "us.contoso.crm.Account", "contact", "us.contoso.crm.Contact");

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
        try (SourceLoad load = SourceLoad.start(sandbox.us().baseUrl(), 1)) {
            awaitAccepted(load);
            sandbox.us().kill();
            sandbox.us().start();
            awaitAccepted(load);
            sandbox.kafka().kill();
            awaitAccepted(load);
            // What was accepted meanwhile is nowhere but in the database.
            sandbox.us().kill();
            sandbox.kafka().start();
            sandbox.us().start();
            awaitAccepted(load);
            sandbox.part(SandboxPart.US_DATABASE).kill();
            sandbox.part(SandboxPart.US_DATABASE).start();
            awaitAccepted(load);
            sandbox.us().stop();
            sandbox.us().start();
            awaitAccepted(load);
            load.stop();

            for (Map.Entry<String, String> topic : TOPICS.entrySet()) {
                Map<String, Long> versions = Rows.versions(sandbox.usDatabase(), topic.getKey());
                Eventually.holds(
                        "every version of each " + topic.getKey() + " is published",
                        Duration.ofSeconds(30),
                        () -> versions.equals(ChangeTopic.highest(read(topic.getValue()))));
            }
            assertThat(load.lost()).as("after %s", load).isEmpty();
            assertThat(load.writes().accepted()).as("accepted writes").isGreaterThan(500);
            assertThat(load.writes().deleted()).as("accepted deletions").isGreaterThan(20);
        }
        for (String topic : TOPICS.values()) {
            List<ChangeTopic.Event> events = read(topic);
            assertThat(ChangeTopic.last(events)).as(topic).isEqualTo(ChangeTopic.highest(events));
            assertThat(events).as(topic).anyMatch(ChangeTopic.Event::deletion);
            assertThat(ChangeTopic.firstGaps(events)).as(topic).isEmpty();
        }
    }

    @Test
    void aSnapshotGoesOnAfterAKillAndTheLastRecordsStay() throws Exception {
        try (SourceLoad load = SourceLoad.start(sandbox.us().baseUrl(), 2)) {
            awaitAccepted(load);
            PlainClient us = new PlainClient(sandbox.us().baseUrl());
            String asked = us.send("POST", "/admin/snapshots", "{\"rowsPerSecond\": 150}").body();
            assertThat(asked).contains("\"state\":\"running\"");
            String snapshot = "/admin/snapshots/" + number(asked, "id");
            Eventually.holds(
                    "a page is published",
                    Duration.ofSeconds(30),
                    () -> number(us.get(snapshot), "rows") > 0);
            sandbox.us().kill();
            sandbox.us().start();
            Eventually.holds(
                    "it is done",
                    Duration.ofSeconds(60),
                    () -> us.get(snapshot).contains("\"state\":\"done\""));
            String done = us.get(snapshot);
            assertThat(number(done, "rows")).isGreaterThanOrEqualTo(number(done, "total"));
            load.stop();
            assertThat(load.lost()).isEmpty();
        }
        for (Map.Entry<String, String> topic : TOPICS.entrySet()) {
            Map<String, Long> versions = Rows.versions(sandbox.usDatabase(), topic.getKey());
            Eventually.holds(
                    "the last record of each " + topic.getKey() + " is its last version",
                    Duration.ofSeconds(30),
                    () -> versions.equals(ChangeTopic.last(read(topic.getValue()))));
        }
    }

    private static long number(String json, String name) {
        Matcher number = Pattern.compile("\"" + name + "\":(\\d+)").matcher(json);
        assertThat(number.find()).as(json).isTrue();
        return Long.parseLong(number.group(1));
    }

    private static void awaitAccepted(SourceLoad load) throws Exception {
        long enough = load.writes().accepted() + 150;
        Eventually.holds(
                "more writes are accepted",
                Duration.ofSeconds(30),
                () -> load.writes().accepted() >= enough);
    }

    private static List<ChangeTopic.Event> read(String topic) {
        return ChangeTopic.read(sandbox.kafka().bootstrapServers(), topic);
    }
}
