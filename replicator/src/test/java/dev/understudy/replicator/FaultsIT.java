package dev.understudy.replicator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.replicator.apply.Events;
import dev.understudy.replicator.apply.Part;
import dev.understudy.replicator.breaker.Breaker;
import java.nio.file.Files;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever part fails, and however: the stream pauses, stays in its group, asks the part once at a
 * time and less and less often, says so once, and goes on by itself.
 */
@Timeout(120)
class FaultsIT {
    /** Short limits, so that what is slow or silent is found out soon. */
    private static final String LIMITS = "?socketTimeout=3&options=-c%20statement_timeout%3D1s";

    private static final int ROWS = 300;
    private static final AtomicInteger RUNS = new AtomicInteger();

    private static Rig rig;
    private static Replications replications;

    private final int first = RUNS.incrementAndGet() * 10_000;

    @BeforeAll
    static void open() throws Exception {
        rig = new Rig();
        rig.databaseParameters = LIMITS;
        rig.replica.execute("ALTER SYSTEM SET log_connections = on");
        rig.replica.execute("SELECT pg_reload_conf()");
        replications = rig.replications(() -> Events.CATALOG);
    }

    @AfterAll
    static void close() {
        replications.close();
        rig.close();
    }

    @ParameterizedTest
    @EnumSource
    void theStreamWaitsForThePartAndGoesOnByItself(InjectedFault fault) throws Exception {
        publish(1);
        Rig.eventually("the rows before", () -> arrived(1));
        Rig.eventually("no pause", () -> !isPaused());
        if (fault.part == Part.REGISTRY) {
            restart();
        }
        long probes = probes(fault);
        long asked = askedAtTheDatabase();
        try (Calm calm = new Calm()) {
            fault.begin(rig);
            try {
                // It waits while Kafka is away.
                Thread.startVirtualThread(() -> publish(2));
                Rig.eventually("the pause", () -> isPausedBy(fault));
                assertThat(isPaused()).isTrue();
                assertThat(health())
                        .containsEntry("waitingFor", fault.part.toString())
                        .containsKeys("message", "since");
                int knocked = fault.doorman == null ? 0 : fault.doorman.callers.get();
                long paused = probes(fault);
                Rig.eventually("probes", () -> probes(fault) >= probes + 2);
                if (fault.doorman != null) {
                    long since = probes(fault) - paused;
                    assertThat((long) fault.doorman.callers.get() - knocked)
                            .as("nobody but probes knocks")
                            .isBetween(since - 1, since + 1);
                }
            } finally {
                fault.end(rig);
            }
            Rig.eventually("the rows", () -> arrived(2));
            Rig.eventually("commits", rig::committedToTheEnd);
            Rig.eventually("the end of the trial", () -> !isPaused());
            assertThat(health()).containsEntry("breaker", "closed");
            calm.assertHeld(30);
            assertThat(probes(fault) - probes).as("probes back off").isLessThan(12);
            assertThat(askedAtTheDatabase() - asked)
                    .as("probes that reached the database")
                    .isLessThanOrEqualTo(probes(fault) - probes);
        } finally {
            fault.clean();
        }
    }

    private void publish(long version) {
        for (int i = 0; i < ROWS; i++) {
            rig.owner.send(Events.account(first + i, version));
        }
    }

    private boolean arrived(long version) throws Exception {
        return rig.replica.versions("account").entrySet().stream()
                        .filter(row -> row.getValue() == version && isOurs(row.getKey()))
                        .count()
                == ROWS;
    }

    private boolean isOurs(UUID key) {
        long number = key.getLeastSignificantBits();
        return number >= first && number < first + ROWS;
    }

    /** With no schema in its caches. */
    private static void restart() throws Exception {
        replications.close();
        replications = rig.replications(() -> Events.CATALOG);
        Rig.eventually(
                "the stream",
                () -> "RUNNING".equals(health().get("streams")) && Calm.rebalances() > 0);
    }

    private static boolean isPausedBy(InjectedFault fault) {
        return replications.current().breaker() instanceof Breaker.Open open
                && open.part() == fault.part;
    }

    private static boolean isPaused() {
        return rig.meters.get("understudy.replicator.breaker.open").gauge().value() == 1;
    }

    private static Map<String, Object> health() {
        return new ReplicatorHealth(replications).getHealthInformation();
    }

    private static long probes(InjectedFault fault) {
        return (long)
                rig.meters
                        .get("understudy.replicator.probes")
                        .tag("part", fault.part.toString())
                        .counter()
                        .count();
    }

    /** As PostgreSQL has noted it. */
    private static long askedAtTheDatabase() throws Exception {
        try (var lines = Files.lines(rig.postgres.log(), UTF_8)) {
            return lines.filter(line ->
                            line.contains("authorized")
                                    && line.contains(
                                            "application_name=understudy-replicator-probe"))
                    .count();
        }
    }
}
