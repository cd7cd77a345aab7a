package dev.understudy.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.chaos.load.Flights;
import dev.understudy.chaos.load.SourceLoad;
import dev.understudy.chaos.load.TicketLoad;
import dev.understudy.sandbox.Sandbox;
import dev.understudy.sandbox.SandboxPart;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * All that goes on while parts are killed: the open loop on both instances, and beside it writers
 * of each side that know what every entity must be.
 */
final class KillLoad implements AutoCloseable {
    /** Leaves the machine to those that start again. */
    private static final Duration PAUSE = Duration.ofMillis(40);

    private final OpenLoad open;
    private final SourceLoad source;
    private final TicketLoad target;

    /** What a kill hits, or leaves. */
    enum Side {
        SOURCE,
        TARGET,
        BOTH,
        NEITHER;

        /** The side that cannot accept writes without a part. */
        static Side hitBy(SandboxPart part) {
            return switch (part) {
                case US, US_DATABASE -> SOURCE;
                case EUROPE, EUROPE_DATABASE -> TARGET;
                case REPLICATOR, REGISTRY, KAFKA -> NEITHER;
            };
        }

        Side other() {
            return switch (this) {
                case SOURCE -> TARGET;
                case TARGET -> SOURCE;
                case BOTH -> NEITHER;
                case NEITHER -> BOTH;
            };
        }

        private boolean hasSource() {
            return this == SOURCE || this == BOTH;
        }

        private boolean hasTarget() {
            return this == TARGET || this == BOTH;
        }
    }

    private KillLoad(Sandbox sandbox, int run, OpenLoad open) {
        this.open = open;
        this.source = SourceLoad.start(sandbox.us().baseUrl(), run, 1, PAUSE);
        this.target = TicketLoad.start(sandbox.europe().baseUrl(), run, PAUSE, open::latestAccount);
    }

    static KillLoad start(Sandbox sandbox, int run) throws Exception {
        OpenLoad open = OpenLoad.start(sandbox, run);
        try {
            Eventually.holds(
                    "the source accepts an account", Duration.ofSeconds(30), open::hasAccount);
            return new KillLoad(sandbox, run, open);
        } catch (Exception | Error e) {
            open.close();
            throw e;
        }
    }

    long onPlaceholders() {
        return open.onPlaceholders();
    }

    /** Those of the side; where a kill hits neither, the target's. */
    Flights flights(Side side) {
        return side == Side.SOURCE ? source.writes().flights() : target.writes().flights();
    }

    /**
     * Waits until the sides have accepted so many more writes of the open loop, each, and more of
     * the writers beside it.
     */
    void awaitAccepted(String when, Side sides, int more, Duration within) throws Exception {
        long atSource = open.atSource() + (sides.hasSource() ? more : 0);
        long atTarget = open.atTarget() + (sides.hasTarget() ? more : 0);
        long besideSource = source.writes().accepted() + (sides.hasSource() ? 1 : 0);
        long besideTarget = target.writes().accepted() + (sides.hasTarget() ? 1 : 0);
        Eventually.holds(
                "%d more writes accepted by %s %s".formatted(more, sides, when),
                within,
                () ->
                        open.atSource() >= atSource
                                && open.atTarget() >= atTarget
                                && source.writes().accepted() >= besideSource
                                && target.writes().accepted() >= besideTarget);
    }

    /** Waits until the sides have left so many more requests of the open loop unanswered, each. */
    void awaitUnanswered(Side sides, int more, Duration within) throws Exception {
        long atSource = open.sourceUnanswered() + (sides.hasSource() ? more : 0);
        long atTarget = open.targetUnanswered() + (sides.hasTarget() ? more : 0);
        Eventually.holds(
                "%d more requests unanswered by %s".formatted(more, sides),
                within,
                () -> open.sourceUnanswered() >= atSource && open.targetUnanswered() >= atTarget);
    }

    /** Fails if a writer has ended before it was told to, or had nothing accepted. */
    void assertWrites() {
        assertThat(open.isWriting()).as("open loop goes on").isTrue();
        assertThat(source.isWriting()).as("all writers at the source go on").isTrue();
        assertThat(target.isWriting()).as("the writer at the target goes on").isTrue();
        assertThat(source.writes().accepted()).as("accepted at the source").isPositive();
        assertThat(target.writes().accepted()).as("accepted at the target").isPositive();
    }

    /** Sends nothing more and waits for the last answers. */
    void stop() {
        target.stop();
        source.stop();
        open.stop();
    }

    /** Accepted writes that their owner does not have as it must. Only after {@link #stop}. */
    List<String> lost(Sandbox sandbox) throws SQLException {
        List<String> lost = new ArrayList<>(open.lost(sandbox));
        lost.addAll(source.lost());
        lost.addAll(target.lost());
        return lost;
    }

    @Override
    public void close() {
        target.close();
        source.close();
        open.close();
    }

    @Override
    public String toString() {
        return "%s; at the source %s; at the target %s".formatted(open, source, target);
    }
}
