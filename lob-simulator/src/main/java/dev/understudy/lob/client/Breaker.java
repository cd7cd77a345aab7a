package dev.understudy.lob.client;

import dev.understudy.lob.client.InstanceFault.Code;
import dev.understudy.lob.client.Transport.Answer;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnStateTransitionEvent;
import io.github.resilience4j.core.IntervalFunction;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The circuit breaker towards one instance. Failures are connections that fail, time-outs and the
 * answer 503; every other answer shows that the instance is there, a refusal as well. What was sent
 * before the circuit changed says nothing about it as it is now. Thread-safe: the library changes
 * its state before it tells, so each permission is taken and given back under this one's monitor.
 */
final class Breaker {

    private static final Logger LOG = LoggerFactory.getLogger(Breaker.class);
    private static final int UNAVAILABLE = 503;

    /** What the library is told; the failures themselves are told by faults. */
    private final Throwable failure = new IllegalStateException("a failure");

    private final URI instance;
    private final Clock clock;
    private final CircuitBreaker breaker;
    private volatile Circuit circuit;
    private volatile long waitMs;
    private volatile String lastFailure = "";

    Breaker(URI instance, Resilience settings, Clock clock) {
        this.instance = instance;
        this.clock = clock;
        this.circuit = new Circuit.Closed(now());
        this.breaker = CircuitBreaker.of(instance.toString(), config(settings));
        if (settings.failures() == 0) {
            breaker.transitionToDisabledState();
        }
        breaker.getEventPublisher().onStateTransition(this::transition);
    }

    private CircuitBreakerConfig config(Resilience settings) {
        int failures = Math.max(1, settings.failures());
        IntervalFunction waits = settings.probes().waits();
        return CircuitBreakerConfig.custom()
                .slidingWindowSize(failures)
                .minimumNumberOfCalls(failures)
                .failureRateThreshold(100)
                .permittedNumberOfCallsInHalfOpenState(1)
                .waitIntervalFunctionInOpenState(attempt -> waitMs = waits.apply(attempt))
                .clock(clock)
                .build();
    }

    Circuit circuit() {
        return circuit;
    }

    /** Sends, or throws a fault with {@link Code#CIRCUIT_OPEN} without sending. */
    Answer call(Supplier<Answer> request) {
        Circuit sentIn = permitted();
        boolean settled = false;
        try {
            Answer answer = request.get();
            if (answer.status() == UNAVAILABLE) {
                failed(sentIn, "answered 503 " + answer.error("code"));
            } else {
                answered(sentIn);
            }
            settled = true;
            return answer;
        } catch (InstanceFault fault) {
            settled =
                    switch (fault.code()) {
                        case UNREACHABLE, TIMED_OUT, UNAVAILABLE ->
                                failed(sentIn, String.valueOf(fault.getMessage()));
                        case UNEXPECTED_ANSWER -> answered(sentIn);
                        case INTERRUPTED, CIRCUIT_OPEN -> false;
                    };
            throw fault;
        } finally {
            if (!settled) {
                unanswered(sentIn);
            }
        }
    }

    private synchronized Circuit permitted() {
        if (!breaker.tryAcquirePermission()) {
            throw notSent();
        }
        return circuit;
    }

    private synchronized void unanswered(Circuit sentIn) {
        if (sentIn.equals(circuit)) {
            breaker.releasePermission();
        }
    }

    private synchronized boolean answered(Circuit sentIn) {
        if (sentIn.equals(circuit)) {
            breaker.onSuccess(0, TimeUnit.NANOSECONDS);
        }
        return true;
    }

    private synchronized boolean failed(Circuit sentIn, String what) {
        if (sentIn.equals(circuit)) {
            lastFailure = what;
            breaker.onError(0, TimeUnit.NANOSECONDS, failure);
        }
        return true;
    }

    private InstanceFault notSent() {
        String cause = lastFailure;
        return new InstanceFault(
                Code.CIRCUIT_OPEN,
                "circuit to %s %s; last failure: %s".formatted(instance, circuit.words(), cause),
                null);
    }

    private void transition(CircuitBreakerOnStateTransitionEvent event) {
        Circuit before = circuit;
        Instant now = now();
        circuit =
                switch (event.getStateTransition().getToState()) {
                    case CLOSED, DISABLED, METRICS_ONLY -> new Circuit.Closed(now);
                    case OPEN, FORCED_OPEN -> opened(before, now);
                    case HALF_OPEN -> new Circuit.HalfOpen(before.since(), failedProbes(before));
                };
        switch (circuit) {
            case Circuit.Closed _ -> LOG.info("Circuit to {} is closed again", instance);
            case Circuit.Open open when open.failedProbes() == 0 ->
                    LOG.warn("Circuit to {} {}: {}", instance, open.words(), open.cause());
            case Circuit.Open open -> LOG.debug("Circuit to {} {}", instance, open.words());
            case Circuit.HalfOpen _ -> LOG.debug("Probing {}", instance);
        }
    }

    private Circuit.Open opened(Circuit before, Instant now) {
        // Permitted only after the wait, counted from a moment that was cut to milliseconds.
        boolean again = before instanceof Circuit.HalfOpen;
        return new Circuit.Open(
                again ? before.since() : now,
                now.plusMillis(waitMs + 1),
                again ? failedProbes(before) + 1 : 0,
                lastFailure);
    }

    private static int failedProbes(Circuit circuit) {
        return switch (circuit) {
            case Circuit.Closed _ -> 0;
            case Circuit.Open(_, _, int failed, _) -> failed;
            case Circuit.HalfOpen(_, int failed) -> failed;
        };
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
