package dev.understudy.chaos.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.understudy.chaos.check.Receipts.Receipt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What became of each event that a target was sent, by its receipts and dead letters.
 *
 * @param verdict names each event without either
 * @param outcomes how many receipts there are of each outcome
 * @param deadLetters how many there are
 */
public record Deliveries(Verdict verdict, Map<String, Long> outcomes, long deadLetters) {
    /** Copies. */
    public Deliveries {
        outcomes = Map.copyOf(outcomes);
    }

    /** How many receipts there are of an outcome, such as {@code STALE}. */
    public long count(String outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }

    /** Where a target's topics are. */
    public record Place(String bootstrapServers, String registryUrl, String target) {}

    /** Reads all there is now; an event that is still on its way is found without a receipt. */
    public static Deliveries read(Place place, List<String> topics)
            throws IOException, InterruptedException {
        Set<String> accounted = new HashSet<>();
        Map<String, Long> outcomes = new HashMap<>();
        try (Receipts receipts = new Receipts(place.registryUrl())) {
            for (Receipt receipt :
                    receipts.read(
                            place.bootstrapServers(), place.target() + ".understudy.receipts")) {
                accounted.add(receipt.origin());
                outcomes.merge(receipt.outcome(), 1L, Long::sum);
            }
        }
        Set<String> letters = letters(place);
        accounted.addAll(letters);
        List<ChangeTopic.Event> events = new ArrayList<>();
        for (String topic : topics) {
            events.addAll(ChangeTopic.read(place.bootstrapServers(), topic));
        }
        Verdict verdict = judge(events, accounted);
        return new Deliveries(verdict, outcomes, letters.size());
    }

    static Verdict judge(List<ChangeTopic.Event> events, Set<String> accounted) {
        List<String> without =
                events.stream()
                        .filter(event -> !accounted.contains(event.place()))
                        .map("%s has neither receipt nor dead letter"::formatted)
                        .toList();
        return new Verdict(Guarantee.NOTHING_DROPPED, events.size(), without);
    }

    private static Set<String> letters(Place place) {
        Set<String> origins = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> letter :
                Topic.read(place.bootstrapServers(), place.target() + ".understudy.dead-letters")) {
            origins.add(
                    "%s-%s@%s"
                            .formatted(
                                    header(letter, "topic"),
                                    header(letter, "partition"),
                                    header(letter, "offset")));
        }
        return origins;
    }

    private static String header(ConsumerRecord<?, ?> letter, String name) {
        return new String(letter.headers().lastHeader("understudy.origin." + name).value(), UTF_8);
    }
}
