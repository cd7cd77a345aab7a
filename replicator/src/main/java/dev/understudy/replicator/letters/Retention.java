package dev.understudy.replicator.letters;

import dev.understudy.schemas.model.Catalog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Kafka's retention removes of the dead letters: it is forgotten, and what nobody had decided
 * about is counted by type and told. One thread's.
 */
final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(10);

    private final LetterIndex index;
    private final Catalog catalog;
    private final MeterRegistry meters;
    private final Clock clock;
    private Instant nextLook = Instant.MIN;

    Retention(LetterIndex index, Catalog catalog, MeterRegistry meters, Clock clock) {
        this.index = index;
        this.catalog = catalog;
        this.meters = meters;
        this.clock = clock;
        catalog.types().forEach(type -> expired(type.fullName()));
    }

    /**
     * Looks, if it is time. All letters and decisions are to be known by then.
     *
     * @param firsts asks for the first offset that there is of each partition of the letters
     */
    void look(Supplier<Map<TopicPartition, Long>> firsts) {
        Instant now = clock.instant();
        if (now.isBefore(nextLook)) {
            return;
        }
        Map<String, Long> undecided = new TreeMap<>();
        firsts.get()
                .forEach((partition, first) ->
                        index.expired(partition.partition(), first)
                                .forEach((topic, count) ->
                                        undecided.merge(type(topic), count, Long::sum)));
        undecided.forEach((type, count) -> {
            expired(type).increment(count);
            LOG.warn(
                    "{} dead letters of {} that nobody had decided about are gone: their retention"
                            + " has ended",
                    count,
                    type);
        });
        nextLook = now.plus(BETWEEN_LOOKS);
    }

    /** Of what is no longer in the catalog, the topic. */
    private String type(String topic) {
        return catalog.byTopic(topic).map(entry -> entry.type().fullName()).orElse(topic);
    }

    private Counter expired(String type) {
        return Counter.builder("understudy.dead.letters.expired")
                .description("Dead letters whose retention ended before anybody decided about them")
                .tag("type", type)
                .register(meters);
    }
}
