package dev.understudy.replicator.apply;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** What a dead letter says about itself, beside the headers that the record came with. */
public final class DeadLetterHeaders {
    public static final String TOPIC = "understudy.origin.topic";
    public static final String PARTITION = "understudy.origin.partition";
    public static final String OFFSET = "understudy.origin.offset";
    public static final String REASON = "understudy.reason";
    public static final String MESSAGE = "understudy.message";
    public static final String EXCEPTION = "understudy.exception";
    public static final String TIME = "understudy.time";

    private static final Set<String> ALL =
            Set.of(TOPIC, PARTITION, OFFSET, REASON, MESSAGE, EXCEPTION, TIME);
    private static final int MAX_MESSAGE = 2000;

    private DeadLetterHeaders() {}

    static void add(Headers headers, Pending letter, Settled.Rejected why) {
        put(headers, TOPIC, letter.record().topic());
        put(headers, PARTITION, Integer.toString(letter.record().partition()));
        put(headers, OFFSET, Long.toString(letter.record().offset()));
        put(headers, REASON, why.reason().code());
        put(headers, MESSAGE, shortened(why.message()));
        put(headers, EXCEPTION, why.fault());
        put(headers, TIME, why.at().toString());
    }

    /** The text of one of them. */
    public static Optional<String> read(Headers headers, String name) {
        return Optional.ofNullable(headers.lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, UTF_8));
    }

    /** The headers that the record came with. */
    public static Headers ofOrigin(Headers headers) {
        RecordHeaders origin = new RecordHeaders();
        for (Header header : headers) {
            if (!ALL.contains(header.key())) {
                origin.add(header);
            }
        }
        return origin;
    }

    private static String shortened(String message) {
        return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE);
    }

    private static void put(Headers headers, String name, String text) {
        headers.remove(name);
        headers.add(name, text.getBytes(UTF_8));
    }
}
