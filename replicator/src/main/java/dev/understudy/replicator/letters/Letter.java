package dev.understudy.replicator.letters;

import static dev.understudy.replicator.apply.DeadLetterHeaders.read;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.understudy.replicator.apply.DeadLetterHeaders;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A dead letter without its bytes.
 *
 * @param key the record's key as text, perhaps shortened
 * @param message why it could not be applied, perhaps shortened
 * @param at when that was, as ISO 8601
 */
public record Letter(
        LetterId id, Origin origin, String reason, String key, String message, String at) {
    private static final int MAX_TEXT = 160;

    /** Where the record was first. */
    public record Origin(String topic, int partition, long offset) {
        /** {@code topic-partition@offset}. */
        public String text() {
            return topic + "-" + partition + "@" + offset;
        }
    }

    /** The letter that a record is, if it is one. */
    static Optional<Letter> of(ConsumerRecord<byte[], byte[]> record) {
        return origin(record)
                .map(origin ->
                        new Letter(
                                new LetterId(record.partition(), record.offset()),
                                origin,
                                header(record, DeadLetterHeaders.REASON),
                                shortened(key(record)),
                                shortened(header(record, DeadLetterHeaders.MESSAGE)),
                                header(record, DeadLetterHeaders.TIME)));
    }

    static Optional<Origin> origin(ConsumerRecord<byte[], byte[]> record) {
        try {
            return read(record.headers(), DeadLetterHeaders.TOPIC)
                    .map(topic ->
                            new Origin(
                                    topic,
                                    Integer.parseInt(header(record, DeadLetterHeaders.PARTITION)),
                                    Long.parseLong(header(record, DeadLetterHeaders.OFFSET))));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return read(record.headers(), name).orElse("");
    }

    static String key(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null ? "" : new String(record.key(), UTF_8);
    }

    private static String shortened(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    }
}
