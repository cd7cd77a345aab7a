package dev.understudy.replicator.letters;

import dev.understudy.replicator.apply.DeadLetterHeaders;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * All of a dead letter.
 *
 * @param reported its own headers: where it was first, why it could not be applied, when
 * @param headers those that the record came with
 * @param decoded as far as its bytes can be read
 */
public record LetterDetail(
        LetterId id,
        Optional<Decision> decision,
        Map<String, String> reported,
        Map<String, String> headers,
        LetterBytes bytes,
        LetterContent decoded) {
    /**
     * Reads a record of the letters' topic.
     *
     * @param registry configuration of Confluent's deserializer
     */
    static LetterDetail of(
            ConsumerRecord<byte[], byte[]> record,
            Optional<Decision> decision,
            Map<String, ?> registry) {
        Map<String, String> reported = new TreeMap<>();
        for (Header header : record.headers()) {
            DeadLetterHeaders.read(record.headers(), header.key())
                    .ifPresent(text -> reported.put(header.key(), text));
        }
        Map<String, String> headers = new TreeMap<>();
        for (Header header : DeadLetterHeaders.ofOrigin(record.headers())) {
            headers.put(header.key(), reported.getOrDefault(header.key(), ""));
        }
        reported.keySet().removeAll(headers.keySet());
        return new LetterDetail(
                new LetterId(record.partition(), record.offset()),
                decision,
                reported,
                headers,
                LetterBytes.of(record),
                LetterContent.of(record.value(), registry));
    }
}
