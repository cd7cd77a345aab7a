package dev.understudy.system.simulation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Chance, time and interruptions of one history. All that is simulated asks here, on one thread:
 * the same seed is the same history.
 */
public final class World {
    private static final int CRASHES_ONE_IN = 300;

    private final SplittableRandom random;
    private final Map<Happening, Integer> happened = new EnumMap<>(Happening.class);
    private final Time clock = new Time();
    private Runnable others = () -> {};
    private boolean calm;

    World(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Who may act in the midst of what somebody else does. */
    void others(Runnable acting) {
        others = acting;
    }

    /** From now on nothing fails, and nobody interrupts. */
    void calmDown() {
        calm = true;
    }

    public boolean isCalm() {
        return calm;
    }

    /** Something that can go wrong does; never once it is calm. */
    public boolean bad(int oneIn) {
        return !calm && random.nextInt(oneIn) == 0;
    }

    public boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** Chance of its own, for code that wants some. */
    public SplittableRandom chance() {
        return random;
    }

    public void note(Happening happening) {
        happened.merge(happening, 1, Integer::sum);
    }

    Map<Happening, Integer> happened() {
        return happened;
    }

    /** A place where a process waits: others may act. */
    public void pause() {
        if (!calm) {
            others.run();
        }
    }

    /** A place where a process may end, too. */
    public void danger() {
        pause();
        if (bad(CRASHES_ONE_IN)) {
            throw new SimulatedCrash();
        }
    }

    public Clock clock() {
        return clock;
    }

    public long nanoTime() {
        return clock.micros * 1000;
    }

    void pass(Duration time) {
        clock.micros += time.toNanos() / 1000;
    }

    /** It passes only as it is told. */
    private static final class Time extends Clock {
        private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
        private long micros;

        @Override
        public Instant instant() {
            micros++;
            return START.plusNanos(micros * 1000);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
