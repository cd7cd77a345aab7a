package dev.understudy.replicator.apply;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.header.Headers;

/** What a dead letter says about itself, beside the headers that the record came with. */
final class DeadLetterHeaders {
    static final String TOPIC = "understudy.origin.topic";
    static final String PARTITION = "understudy.origin.partition";
    static final String OFFSET = "understudy.origin.offset";
    static final String REASON = "understudy.reason";
    static final String MESSAGE = "understudy.message";
    static final String TIME = "understudy.time";

    private static final int MAX_MESSAGE = 2000;

    private DeadLetterHeaders() {}

    static void add(Headers headers, Pending letter, Settled.Rejected why) {
        put(headers, TOPIC, letter.record().topic());
        put(headers, PARTITION, Integer.toString(letter.record().partition()));
        put(headers, OFFSET, Long.toString(letter.record().offset()));
        put(headers, REASON, why.reason().code());
        put(headers, MESSAGE, shortened(why.message()));
        put(headers, TIME, why.at().toString());
    }

    private static String shortened(String message) {
        return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE);
    }

    private static void put(Headers headers, String name, String text) {
        headers.remove(name);
        headers.add(name, text.getBytes(UTF_8));
    }
}
