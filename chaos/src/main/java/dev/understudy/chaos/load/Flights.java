package dev.understudy.chaos.load;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The requests that are in flight, so that a kill can be shown to have hit some. Thread-safe. */
public final class Flights {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Set<Flight> inTheAir = ConcurrentHashMap.newKeySet();

    /** One request, from before it is sent until its answer is there, or is given up. */
    public final class Flight implements AutoCloseable {
        private final Flights flights = Flights.this;
        private volatile long landedNs = Long.MAX_VALUE;

        private Flight() {
            inTheAir.add(this);
        }

        /** Whether it was in flight at that time, if it had started before. */
        public boolean isUpAt(long timeNs) {
            return landedNs == Long.MAX_VALUE || landedNs - timeNs > 0;
        }

        @Override
        public void close() {
            landedNs = System.nanoTime();
            flights.inTheAir.remove(this);
        }
    }

    Flight takeOff() {
        return new Flight();
    }

    /** Those that are in flight, as soon as there are some. */
    public List<Flight> awaitSome() {
        long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadlineNs) {
            List<Flight> now = List.copyOf(inTheAir);
            if (!now.isEmpty()) {
                return now;
            }
            Thread.onSpinWait();
        }
        throw new IllegalStateException("no request is in flight within " + PATIENCE);
    }
}
