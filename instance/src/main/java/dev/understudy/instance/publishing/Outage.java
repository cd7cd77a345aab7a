package dev.understudy.instance.publishing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that publishing has stopped, and once that it goes on. */
final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    private final String owner;
    private final Clock clock;
    private Optional<Instant> since = Optional.empty();

    Outage(String owner, Clock clock) {
        this.owner = owner;
        this.clock = clock;
    }

    /** Publishing failed, for the first time or again; returns since when it has. */
    synchronized Instant failed(Throwable cause) {
        if (since.isPresent()) {
            LOG.debug("Publishing of {} still fails", owner, cause);
            return since.get();
        }
        Instant now = clock.instant();
        since = Optional.of(now);
        LOG.warn("Publishing of {} stops, writes go on; retrying: {}", owner, cause.toString());
        LOG.debug("Publishing of {} stops", owner, cause);
        return now;
    }

    synchronized void over() {
        since.ifPresent(start ->
                LOG.info(
                        "Publishing of {} goes on after {}",
                        owner,
                        Duration.between(start, clock.instant())));
        since = Optional.empty();
    }
}
