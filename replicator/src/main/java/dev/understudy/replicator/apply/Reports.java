package dev.understudy.replicator.apply;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.understudy.schemas.topic.TopicNames;
import dev.understudy.store.Outcome;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Receipts and dead letters as Kafka records. Thread-safe. */
public final class Reports implements AutoCloseable {
    private static final String RECEIPT = "/understudy/Receipt.avsc";

    private final String target;
    private final Schema schema = receiptSchema();
    private final KafkaAvroSerializer serializer = new KafkaAvroSerializer();

    /**
     * @param target the instance whose replica it is
     * @param registry configuration of Confluent's serializer
     */
    public Reports(String target, Map<String, ?> registry) {
        this.target = target;
        Map<String, Object> configuration = new HashMap<>(registry);
        configuration.put("auto.register.schemas", true);
        serializer.configure(configuration, false);
    }

    /**
     * Registers the receipts' schema, so that a later report needs no registry.
     *
     * @throws org.apache.kafka.common.errors.SerializationException if the registry is away
     */
    public void register() {
        serialize(receipt("", "", 0, "STALE", null, 0, ""));
    }

    /**
     * The report on a settled record, if it deserves one.
     *
     * @throws org.apache.kafka.common.errors.SerializationException if the registry is needed and
     *     away
     */
    Optional<ProducerRecord<byte[], byte[]>> on(Pending pending, Settled settled) {
        return switch (settled) {
            case Settled.Applied applied -> Optional.of(receipt(pending, applied));
            case Settled.Rejected rejected -> Optional.of(deadLetter(pending, rejected));
            case Settled.Purged _ -> Optional.empty();
        };
    }

    private ProducerRecord<byte[], byte[]> receipt(Pending pending, Settled.Applied applied) {
        String key = applied.event().key().text();
        GenericRecord receipt =
                receipt(
                        applied.event().type().fullName(),
                        key,
                        applied.event().version().number(),
                        symbol(applied.outcome()),
                        applied.outcome() instanceof Outcome.Hydrated(Duration waited)
                                ? waited.toMillis()
                                : null,
                        Duration.between(applied.event().metadata().time(), applied.at())
                                .toMillis(),
                        pending.origin());
        return new ProducerRecord<>(
                TopicNames.receipts(target), key.getBytes(UTF_8), serialize(receipt));
    }

    private ProducerRecord<byte[], byte[]> deadLetter(Pending pending, Settled.Rejected rejected) {
        RecordHeaders headers = new RecordHeaders(pending.record().headers());
        DeadLetterHeaders.add(headers, pending, rejected);
        return new ProducerRecord<>(
                TopicNames.deadLetters(target),
                null,
                null,
                pending.record().key(),
                pending.record().value(),
                headers);
    }

    private GenericRecord receipt(
            String type,
            String key,
            long version,
            String outcome,
            @Nullable Long waitedMs,
            long lagMs,
            String origin) {
        return new GenericRecordBuilder(schema)
                .set("target", target)
                .set("entityType", type)
                .set("key", key)
                .set("version", version)
                .set(
                        "outcome",
                        new GenericData.EnumSymbol(schema.getField("outcome").schema(), outcome))
                .set("waitedMs", waitedMs)
                .set("lagMs", lagMs)
                .set("origin", origin)
                .build();
    }

    private byte[] serialize(GenericRecord receipt) {
        return serializer.serialize(TopicNames.receipts(target), receipt);
    }

    private static String symbol(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Applied _ -> "APPLIED";
            case Outcome.Hydrated _ -> "HYDRATED";
            case Outcome.Deleted _ -> "DELETED";
            case Outcome.Stale _ -> "STALE";
            case Outcome.Outside _ -> "OUTSIDE";
            case Outcome.Refused _ ->
                    throw new IllegalArgumentException("a refused event has no receipt");
        };
    }

    private static Schema receiptSchema() {
        try (InputStream stream = Reports.class.getResourceAsStream(RECEIPT)) {
            return new Schema.Parser().parse(Objects.requireNonNull(stream, RECEIPT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        serializer.close();
    }
}
