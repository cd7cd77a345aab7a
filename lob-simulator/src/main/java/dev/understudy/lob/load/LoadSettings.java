package dev.understudy.lob.load;

import dev.understudy.lob.client.InstanceSettings;
import dev.understudy.lob.client.Resilience;
import java.net.URI;
import java.time.Duration;

/** What a load run does, to which instances, and what it is bounded by. */
public record LoadSettings(URI source, URI target, Pace pace, Mix mix, Data data, Bounds bounds) {

    /** Throws IllegalArgumentException if a URL is not that of an instance. */
    public LoadSettings {
        InstanceSettings.at(source);
        InstanceSettings.at(target);
    }

    /** How many operations are due per second (1 to 100000), and for how long. */
    public record Pace(int perSecond, Duration length) {

        public Pace {
            require(perSecond >= 1 && perSecond <= 100_000, "the rate is 1 to 100000 per second");
            require(
                    length.isPositive() && length.compareTo(Duration.ofDays(1)) <= 0,
                    "the time is more than nothing and at most a day");
        }

        /** How many operations are due in all. */
        public long arrivals() {
            return Math.max(1, perSecond * length.toMillis() / 1000);
        }

        /** When an operation is due, from the start: spread evenly, fixed in advance. */
        long offsetNanos(long arrival) {
            return Math.multiplyExact(arrival, 1_000_000_000L) / perSecond;
        }
    }

    /**
     * What is sent: the same seed gives the same operations in the same order. Two runs with the
     * same {@code seed} and {@code run} write the same keys, so that the second's creations are
     * refused. {@code accounts}: how many are at the source before the first operation (1 to
     * 100000).
     */
    public record Data(long seed, int run, int accounts) {

        public Data {
            require(run >= 0, "the run's number is not negative");
            require(accounts >= 1 && accounts <= 100_000, "there are 1 to 100000 accounts");
        }
    }

    /**
     * {@code inFlight}: requests at once (1 to 10000). {@code requestTimeout}: longest wait for an
     * answer. {@code overrun}: how long after the last due time overdue operations are still sent.
     * {@code resilience}: whether circuits open; by default they do not, since what is not sent has
     * no latency.
     */
    public record Bounds(
            int inFlight,
            Duration requestTimeout,
            Duration overrun,
            HydrationSample hydration,
            Resilience resilience) {

        public static final Bounds DEFAULT =
                new Bounds(
                        256,
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(30),
                        HydrationSample.DEFAULT);

        /** Bounds of a load whose circuits never open. */
        public Bounds(
                int inFlight,
                Duration requestTimeout,
                Duration overrun,
                HydrationSample hydration) {
            this(inFlight, requestTimeout, overrun, hydration, Resilience.DEFAULT.neverOpening());
        }

        public Bounds {
            require(inFlight >= 1 && inFlight <= 10_000, "the bound in flight is 1 to 10000");
            require(requestTimeout.isPositive(), "the request time-out is positive");
            require(!overrun.isNegative(), "the overrun is not negative");
        }
    }

    /**
     * How many created accounts are followed to the target: those started per second, those at
     * once, and how long each is waited for.
     */
    public record HydrationSample(int perSecond, int atOnce, Duration patience) {

        public static final HydrationSample DEFAULT =
                new HydrationSample(5, 16, Duration.ofSeconds(30));

        public HydrationSample {
            require(perSecond >= 1 && perSecond <= 1000, "samples per second are 1 to 1000");
            require(atOnce >= 1 && atOnce <= 1000, "samples at once are 1 to 1000");
            require(!patience.isNegative(), "the patience is not negative");
        }
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
