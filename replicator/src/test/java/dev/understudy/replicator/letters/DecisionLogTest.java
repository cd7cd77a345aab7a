package dev.understudy.replicator.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class DecisionLogTest {
    private static final String DECISION = "redriven applied 2026-01-02T03:04:05Z";

    @Test
    void aDecisionNamesTheRecordThatItIsAbout() {
        assertThat(read(DECISION + " us.contoso.crm.Account-2@17"))
                .contains(
                        new DecisionLog.About(
                                new Decision(
                                        Decision.Kind.REDRIVEN,
                                        "applied",
                                        Instant.parse("2026-01-02T03:04:05Z")),
                                Optional.of("us.contoso.crm.Account-2@17")));
    }

    @Test
    void aDecisionOfAnOlderReplicatorIsAboutWhateverIsAtThePlace() {
        assertThat(read(DECISION).flatMap(DecisionLog.About::origin)).isEmpty();
        assertThat(read(DECISION)).isPresent();
        assertThat(read("nothing that was decided")).isEmpty();
    }

    private static Optional<DecisionLog.About> read(String text) {
        return DecisionLog.read(
                        new ConsumerRecord<>(
                                "decisions", 0, 0, "1@2".getBytes(UTF_8), text.getBytes(UTF_8)))
                .map(DecisionLog.Entry::about);
    }
}
