package dev.understudy.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.chaos.check.ChangeTopic;
import dev.understudy.chaos.check.VersionHistory;
import dev.understudy.chaos.load.Flights;
import dev.understudy.sandbox.Part;
import dev.understudy.sandbox.Sandbox;
import dev.understudy.sandbox.SandboxOptions;
import dev.understudy.sandbox.SandboxPart;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One part after the other is killed (SIGKILL) in the situation of the mission: the replicator is
 * away, and tickets refer to accounts that have not arrived. Then each is killed once more while
 * the replicator has a backlog. The load goes on all the time; afterwards nothing is lost, and
 * nothing differs.
 *
 * <p>Against passing for nothing: there is no kill before tickets stand on placeholders, nor one
 * without a request in flight to the instance that it hits, or to the target where it hits neither;
 * an instance that is hit leaves requests unanswered, and the others accept writes, before an
 * outage ends; a replicator that starts asks the registry while that is away; no load ends before
 * every writer of it has written again; and the placeholders are counted, before and after.
 */
@Timeout(280)
class KillsIT {
    private static final Logger LOG = LoggerFactory.getLogger(KillsIT.class);

    /** Accepted writes on each side that is not hit, in each outage and after the last. */
    private static final int ACCEPTED = 15;

    /** Requests that a side that is hit leaves unanswered, in each outage. */
    private static final int UNANSWERED = 5;

    /** Tickets that are accepted on placeholders before each kill. */
    private static final int ON_PLACEHOLDERS = 10;

    /** The registry's turn is when the replicator starts. */
    private static final List<SandboxPart> WHILE_NOBODY_REPLICATES =
            List.of(
                    SandboxPart.US,
                    SandboxPart.EUROPE,
                    SandboxPart.KAFKA,
                    SandboxPart.US_DATABASE,
                    SandboxPart.EUROPE_DATABASE);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Sandbox sandbox;

    @BeforeAll
    static void open() {
        sandbox =
                Sandbox.open(
                        SandboxOptions.defaults()
                                .withSetting(
                                        SandboxPart.REPLICATOR,
                                        "UNDERSTUDY_REPLICATOR_SESSION_TIMEOUT",
                                        "2s"));
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    @Test
    void killedPartsLoseNothing() throws Exception {
        sandbox.replicator().stop();
        long placedBefore = placed();
        try (VersionHistory owner =
                        VersionHistory.watch(sandbox.usDatabase(), "account", "contact");
                VersionHistory replica =
                        VersionHistory.watch(
                                sandbox.europeDatabase(), "account", "contact", "ticket");
                KillLoad load = KillLoad.start(sandbox, 1)) {
            for (SandboxPart part : WHILE_NOBODY_REPLICATES) {
                awaitMorePlaceholders(load);
                killAndRestart(part, load);
            }
            awaitMorePlaceholders(load);
            startReplicatorWithoutRegistry(load);
            for (SandboxPart part : SandboxPart.values()) {
                Eventually.holds("the replicator has a backlog", PATIENCE, () -> backlog() > 0);
                killAndRestart(part, load);
                load.awaitAccepted("after the outage", KillLoad.Side.BOTH, ACCEPTED, PATIENCE);
            }
            load.assertWrites();
            load.stop();

            long placed = placed() - placedBefore;
            LOG.info("Killed all: {}; {} placeholders placed", load, placed);
            assertThat(placed).as("placeholders placed").isGreaterThanOrEqualTo(ON_PLACEHOLDERS);
            assertPublished();
            Rows.awaitEqual(sandbox, PATIENCE);
            assertThat(load.lost(sandbox)).as("lost, after %s", load).isEmpty();
            assertThat(waiting()).as("accounts that tickets still wait for").isZero();
            assertThat(Rows.assertReferencesHold(sandbox.usDatabase())).isEqualTo(3);
            assertThat(Rows.assertReferencesHold(sandbox.europeDatabase())).isEqualTo(5);
            assertThat(owner.violations()).as("versions at the owner").isEmpty();
            assertThat(replica.violations()).as("versions at the target").isEmpty();
        }
    }

    private static void awaitMorePlaceholders(KillLoad load) throws Exception {
        long before = load.onPlaceholders();
        Eventually.holds(
                "tickets are accepted on placeholders",
                PATIENCE,
                () -> load.onPlaceholders() >= before + ON_PLACEHOLDERS);
    }

    /**
     * What the replicator needs of the registry at its start it must ask again until it gets it.
     */
    private static void startReplicatorWithoutRegistry(KillLoad load) throws Exception {
        try (ColdStart replicator = new ColdStart(sandbox.replicator())) {
            killAndRestart(
                    SandboxPart.REGISTRY,
                    load,
                    () -> {
                        replicator.launch();
                        replicator.awaitHealth("waiting for the registry", PATIENCE);
                    });
            replicator.awaitUp();
        }
    }

    private static void killAndRestart(SandboxPart name, KillLoad load) throws Exception {
        killAndRestart(name, load, () -> {});
    }

    /** What is done during an outage. */
    @FunctionalInterface
    private interface Meanwhile {
        void run() throws Exception;
    }

    private static void killAndRestart(SandboxPart name, KillLoad load, Meanwhile meanwhile)
            throws Exception {
        LOG.info("Killing {} beside {}", name.label(), load);
        Part part = sandbox.part(name);
        KillLoad.Side hit = KillLoad.Side.hitBy(name);
        List<Flights.Flight> flights = load.flights(hit).awaitSome();
        long killedNs = System.nanoTime();
        part.kill();
        assertThat(part.isRunning()).isFalse();
        assertThat(flights).as("in flight").anyMatch(flight -> flight.isUpAt(killedNs));
        load.awaitAccepted("without " + name.label(), hit.other(), ACCEPTED, PATIENCE);
        load.awaitUnanswered(hit, UNANSWERED, PATIENCE);
        meanwhile.run();
        assertThat(part.isRunning()).as("still down").isFalse();
        part.start();
    }

    /** The topics hold each entity's last version, as their last record of it. */
    private static void assertPublished() throws Exception {
        Map<String, Map<String, Long>> topics =
                Map.of(
                        "us.contoso.crm.Account",
                        Rows.versions(sandbox.usDatabase(), "account"),
                        "us.contoso.crm.Contact",
                        Rows.versions(sandbox.usDatabase(), "contact"),
                        "europe.contoso.crm.Ticket",
                        Rows.versions(sandbox.europeDatabase(), "ticket"));
        for (Map.Entry<String, Map<String, Long>> topic : topics.entrySet()) {
            Eventually.holds(
                    "the last version of each entity is the last in " + topic.getKey(),
                    PATIENCE,
                    () -> {
                        List<ChangeTopic.Event> events = read(topic.getKey());
                        return topic.getValue().equals(ChangeTopic.last(events))
                                && topic.getValue().equals(ChangeTopic.highest(events));
                    });
        }
        assertThat(read("europe.understudy.dead-letters")).as("dead letters").isEmpty();
    }

    private static List<ChangeTopic.Event> read(String topic) {
        return ChangeTopic.read(sandbox.kafka().bootstrapServers(), topic);
    }

    /** Accounts and contacts that were placeholders at the target, or are. */
    private static long placed() throws Exception {
        return Rows.count(
                sandbox.europeDatabase(),
                """
                SELECT (SELECT count(*) FROM contoso_crm.account WHERE _placed_at IS NOT NULL)
                     + (SELECT count(*) FROM contoso_crm.contact WHERE _placed_at IS NOT NULL)\
                """);
    }

    /** Entities of the source whose last version the target does not have; never too many. */
    private static long backlog() throws Exception {
        long behind = 0;
        for (String table : List.of("account", "contact")) {
            Map<String, Long> owner = Rows.versions(sandbox.usDatabase(), table);
            Map<String, Long> replica = Rows.versions(sandbox.europeDatabase(), table);
            behind +=
                    owner.entrySet().stream()
                            .filter(row -> replica.getOrDefault(row.getKey(), 0L) < row.getValue())
                            .count();
        }
        return behind;
    }

    private static long waiting() throws Exception {
        return Rows.count(
                sandbox.europeDatabase(),
                """
                SELECT count(*) FROM contoso_crm.ticket t
                  JOIN contoso_crm.account a USING (account_id)
                 WHERE t._state = 'h' AND a._state <> 'h'\
                """);
    }
}
