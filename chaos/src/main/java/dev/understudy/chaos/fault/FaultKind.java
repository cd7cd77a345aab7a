package dev.understudy.chaos.fault;

import java.time.Duration;

/** Ways to break something, each with how long it lasts. */
public enum FaultKind {
    /** A process is killed (SIGKILL), and started again. */
    KILL(1, 5),
    /** A process is frozen (SIGSTOP), and goes on (SIGCONT). */
    FREEZE(2, 8),
    /** Connections end, and new ones are refused. */
    CUT(1, 6),
    /** Connections bear little, late. */
    SLOW(4, 8),
    /** Connections stay, and new ones are taken, but what is sent does not arrive. */
    HALF_OPEN(3, 10),
    /** A table's disk has no room. */
    DISK_FULL(3, 6),
    /** Kafka is away for longer than its clients' time-outs (20 s). */
    KAFKA_AWAY(25, 30),
    /** A further replicator comes, and goes. */
    REBALANCE(4, 10),
    /** An instance's clock goes wrong by minutes. */
    CLOCK_SKEW(3, 8),
    /** All topics are delivered from their start again. */
    REPLAY(1, 2);

    private final Duration shortest;
    private final Duration longest;

    FaultKind(int shortestSeconds, int longestSeconds) {
        this.shortest = Duration.ofSeconds(shortestSeconds);
        this.longest = Duration.ofSeconds(longestSeconds);
    }

    Duration shortest() {
        return shortest;
    }

    Duration longest() {
        return longest;
    }
}
