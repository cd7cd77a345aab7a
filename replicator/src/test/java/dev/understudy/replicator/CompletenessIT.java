package dev.understudy.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.replicator.apply.Events;
import dev.understudy.replicator.breaker.Breaker;
import dev.understudy.replicator.completeness.Completeness;
import dev.understudy.replicator.completeness.TypeCompleteness;
import dev.understudy.replicator.letters.Selection;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Complete as of when, with real Kafka, registry and PostgreSQL, and each of them gone. */
@Timeout(240)
class CompletenessIT {
    private static final Instant T1 = Instant.parse("2026-01-02T03:04:05.000001Z");
    private static final Instant T2 = T1.plusSeconds(100);
    private static final Instant T3 = T2.plusSeconds(100);

    private final Rig rig = new Rig();
    private Assembly replication = rig.replication();

    CompletenessIT() throws Exception {}

    @AfterEach
    void close() {
        replication.close();
        rig.close();
    }

    @Test
    void isAsOfTheHeartbeatWhoseOffsetsAreDurableAndNotBefore() throws Exception {
        assertThat(accounts().asOf()).isEmpty();
        assertThat(age()).isInfinite();
        rig.owner.publish(Events.account(1, 1));
        rig.owner.publish(Events.contact(2, 1, 1));
        rig.heartbeat(T1);
        Rig.eventually("the first", () -> isAsOf(T1));
        rig.postgres.kill();
        rig.owner.publish(Events.account(1, 2));
        rig.heartbeat(T2);
        Rig.eventually("the breaker", () -> replication.breaker() instanceof Breaker.Open);
        Rig.eventually(
                "the second heartbeat", () -> accounts().lastHeartbeat().equals(Optional.of(T2)));
        assertThat(isAsOf(T1)).isTrue();
        // Nothing of this type is missing.
        Rig.eventually("contacts", () -> contacts().asOf().equals(Optional.of(T2)));
        assertGrows();
        assertThat(isAsOf(T1)).isTrue();

        rig.postgres.start();

        Rig.eventually("the second", () -> isAsOf(T2));
    }

    @Test
    void theAgeGrowsWhileTheOwnerIsSilentAndWhileKafkaIsDown() throws Exception {
        rig.owner.publish(Events.account(1, 1));
        rig.heartbeat(Instant.now());
        Rig.eventually("complete", () -> accounts().asOf().isPresent());
        assertGrows();
        rig.kafka.kill();
        assertGrows();
        rig.kafka.start();
        assertGrows();

        Instant again = Instant.now();
        rig.heartbeat(again);
        Rig.eventually(
                "complete again",
                () -> accounts().asOf().orElseThrow().isAfter(again.minusMillis(1)));
        assertThat(age()).isLessThan(60);
    }

    @Test
    void openDeadLettersAreExceptionsUntilTheyAreDecided() throws Exception {
        rig.owner.publish(Poison.NOT_AVRO.of(rig.owner.encode(Events.account(1, 1)), 0));
        rig.owner.publish(Events.named(2, 1, "a\0b"));
        rig.owner.publish(Events.account(3, 1));
        rig.heartbeat(T1);
        // Never complete without them, at no moment.
        Rig.eventually(
                "complete",
                () -> {
                    TypeCompleteness accounts = accounts();
                    assertThat(accounts.asOf().isEmpty() || accounts.except() == 2).isTrue();
                    return accounts.asOf().equals(Optional.of(T1));
                });
        assertThat(accounts().words()).isEqualTo("complete as of " + T1 + " except 2");
        assertThat(accounts().exceptions()).isEqualTo(Map.of("undecodable", 1L, "refused", 1L));
        assertThat(contacts().except()).isZero();
        assertThat(gauge("understudy.complete.except")).isEqualTo(2);

        replication
                .deadLetters()
                .discard(replication.deadLetters().ids(Selection.ALL, Optional.empty(), 9));

        assertThat(accounts().words()).isEqualTo("complete as of " + T1 + ", 2 given up");
    }

    /** Offsets and heartbeats are in Kafka, so nobody needs to say anything new. */
    @Test
    void isKnownAgainAfterARestartAndTheSameAtEveryReplicator() throws Exception {
        try (Assembly other = rig.replication()) {
            for (int i = 0; i < 200; i++) {
                rig.owner.send(Events.account(i, 1));
            }
            Rig.eventually("the rows", () -> rig.replica.hydrated("account") == 200);
            rig.heartbeat(T1);
            Rig.eventually("here", () -> isAsOf(T1));
            Rig.eventually("there", () -> asOf(other).equals(Optional.of(T1)));
            replication.close();
            rig.heartbeat(T2);
            Rig.eventually("from there", () -> asOf(other).equals(Optional.of(T2)));
        }
        rig.owner.publish(Events.account(1, 2));
        rig.heartbeat(T3);
        rig.postgres.kill();

        replication = rig.replication();

        Rig.eventually("after a restart", () -> isAsOf(T2));
        rig.postgres.start();
        Rig.eventually("all", () -> isAsOf(T3));
    }

    /** By the wall clock, or a little less: both are read at some moment. */
    private void assertGrows() throws Exception {
        double before = age();
        long start = System.nanoTime();
        Rig.eventually(
                "some time", () -> System.nanoTime() - start > Duration.ofSeconds(1).toNanos());
        assertThat(age()).isGreaterThan(before + 0.9);
    }

    private boolean isAsOf(Instant time) {
        return accounts().asOf().equals(Optional.of(time));
    }

    private double age() {
        return gauge("understudy.complete.as.of.age");
    }

    private double gauge(String name) {
        return rig.meters.get(name).tag("type", "contoso.crm.Account").gauge().value();
    }

    private TypeCompleteness accounts() {
        return completeness(replication).of(Events.ACCOUNTS.topic());
    }

    private TypeCompleteness contacts() {
        return completeness(replication).of(Events.CONTACTS.topic());
    }

    private static Optional<Instant> asOf(Assembly assembly) {
        return completeness(assembly).of(Events.ACCOUNTS.topic()).asOf();
    }

    private static Completeness completeness(Assembly assembly) {
        return assembly.completeness();
    }
}
