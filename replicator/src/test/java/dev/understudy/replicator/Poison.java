package dev.understudy.replicator;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.understudy.replicator.apply.Events;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** A way to spoil the change event of an account, and the reason that it must have. */
record Poison(String reason, UnaryOperator<ProducerRecord<byte[], byte[]>> spoil) {
    static final Poison NOT_AVRO =
            new Poison("undecodable", record -> withValue(record, "damaged".getBytes(UTF_8)));
    static final Poison NOT_THE_OWNER =
            new Poison("not-owner", record -> withHeader(record, "ce_source", "/understudy/asia"));

    static final List<Poison> ALL =
            List.of(
                    NOT_AVRO,
                    NOT_THE_OWNER,
                    new Poison("undecodable", Poison::cutOff),
                    new Poison("headers", Poison::withoutHeaders),
                    new Poison("headers", record -> withHeader(record, "ce_sequence", "seven")),
                    new Poison("headers", record -> withHeader(record, "ce_position", "1-2")),
                    new Poison("unknown-schema", Poison::ofAnUnknownSchema),
                    new Poison(
                            "key-mismatch",
                            record -> withKey(record, Events.key(999).text().getBytes(UTF_8))),
                    new Poison("key-mismatch", record -> withKey(record, "A-1".getBytes(UTF_8))),
                    new Poison("key-mismatch", record -> withKey(record, null)));

    /** The record, spoilt, for a partition. */
    ProducerRecord<byte[], byte[]> of(ProducerRecord<byte[], byte[]> record, int partition) {
        ProducerRecord<byte[], byte[]> spoilt = spoil.apply(record);
        return new ProducerRecord<>(
                spoilt.topic(), partition, null, spoilt.key(), spoilt.value(), spoilt.headers());
    }

    private static ProducerRecord<byte[], byte[]> withValue(
            ProducerRecord<byte[], byte[]> record, byte[] value) {
        return new ProducerRecord<>(
                record.topic(), null, null, record.key(), value, record.headers());
    }

    private static ProducerRecord<byte[], byte[]> withKey(
            ProducerRecord<byte[], byte[]> record, byte[] key) {
        return new ProducerRecord<>(
                record.topic(), null, null, key, record.value(), record.headers());
    }

    private static ProducerRecord<byte[], byte[]> withHeader(
            ProducerRecord<byte[], byte[]> record, String name, String text) {
        Headers headers = record.headers();
        headers.remove(name);
        headers.add(name, text.getBytes(UTF_8));
        return record;
    }

    private static ProducerRecord<byte[], byte[]> cutOff(ProducerRecord<byte[], byte[]> record) {
        return withValue(record, Arrays.copyOf(record.value(), record.value().length / 2));
    }

    private static ProducerRecord<byte[], byte[]> withoutHeaders(
            ProducerRecord<byte[], byte[]> record) {
        return new ProducerRecord<>(record.topic(), null, null, record.key(), record.value());
    }

    private static ProducerRecord<byte[], byte[]> ofAnUnknownSchema(
            ProducerRecord<byte[], byte[]> record) {
        byte[] value = record.value().clone();
        ByteBuffer.wrap(value).putInt(1, 987_654);
        return withValue(record, value);
    }
}
