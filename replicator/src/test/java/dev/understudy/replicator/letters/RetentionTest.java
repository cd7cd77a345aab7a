package dev.understudy.replicator.letters;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.understudy.replicator.apply.Events;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RetentionTest {
    private static final String GONE = "asia.contoso.crm.Site";
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.006Z");

    private final LetterIndex index = new LetterIndex();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger(Retention.class);
    private Instant now = NOW;
    private final InstantSource time = () -> now;
    private final Retention retention =
            new Retention(index, Events.CATALOG, meters, time.withZone(ZoneOffset.UTC));

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        log.detachAppender(lines);
    }

    @Test
    void whatNobodyHadDecidedAboutIsCountedAndToldByType() {
        found(Events.ACCOUNTS.topic(), 0, 7);
        found(Events.CONTACTS.topic(), 7, 9);
        found(GONE, 9, 10);
        found(Events.ACCOUNTS.topic(), 10, 12);
        decided(3, Decision.Kind.DISCARDED);
        decided(4, Decision.Kind.REDRIVEN);

        look(11);

        assertThat(expired("contoso.crm.Account")).isEqualTo(5 + 1);
        assertThat(expired("contoso.crm.Contact")).isEqualTo(2);
        assertThat(expired(GONE)).isEqualTo(1);
        assertThat(lines.list).allMatch(line -> line.getLevel() == Level.WARN).hasSize(3);
        assertThat(lines.list.get(1).getFormattedMessage())
                .startsWith("6 dead letters of contoso.crm.Account that nobody had decided about");
        assertThat(index.size()).isEqualTo(1);
    }

    @Test
    void whatWasDecidedGoesWithoutAWordAndNothingIsCountedTwice() {
        found(Events.ACCOUNTS.topic(), 0, 2);
        decided(0, Decision.Kind.DISCARDED);
        look(1);
        assertThat(lines.list).isEmpty();
        assertThat(expired("contoso.crm.Account")).isZero();

        now = now.plus(Duration.ofMinutes(9));
        look(2);
        assertThat(index.size()).as("not looked at so soon").isEqualTo(1);
        now = now.plus(Duration.ofMinutes(1));
        look(2);
        now = now.plus(Duration.ofMinutes(10));
        look(2);

        assertThat(expired("contoso.crm.Account")).isEqualTo(1);
        assertThat(lines.list).hasSize(1);
    }

    private void look(long first) {
        retention.look(() -> Map.of(new TopicPartition("letters", 0), first));
    }

    private double expired(String type) {
        return meters.get("understudy.dead.letters.expired").tag("type", type).counter().count();
    }

    private void found(String topic, int from, int to) {
        for (int offset = from; offset < to; offset++) {
            index.found(
                    new LetterId(0, offset), new Letter.Origin(topic, 0, offset), "undecodable");
        }
    }

    private void decided(int offset, Decision.Kind kind) {
        Decision decision = new Decision(kind, "", NOW);
        index.decided(new LetterId(0, offset), new DecisionLog.About(decision, Optional.empty()));
    }
}
