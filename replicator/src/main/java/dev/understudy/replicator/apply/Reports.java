package dev.understudy.replicator.apply;

import dev.understudy.schemas.topic.TopicNames;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** What is told of settled records: a receipt, or the record itself as a dead letter. */
public final class Reports implements AutoCloseable {
    private final String deadLetters;
    private final Receipts receipts;

    /**
     * @param target the instance whose replica it is
     * @param registry configuration of Confluent's client
     */
    public Reports(String target, Map<String, ?> registry) {
        this.deadLetters = TopicNames.deadLetters(target);
        this.receipts = new Receipts(target, registry);
    }

    /**
     * Registers the receipts' schema, so that a later report needs no registry.
     *
     * @throws dev.understudy.schemas.event.RegistryUnavailableException if the registry is away
     */
    public void register() {
        receipts.register();
    }

    /**
     * The report on a settled record, if it deserves one.
     *
     * @throws dev.understudy.schemas.event.RegistryUnavailableException if the registry is needed
     *     and away
     */
    Optional<ProducerRecord<byte[], byte[]>> on(Pending pending, Settled settled) {
        return switch (settled) {
            case Settled.Applied applied -> Optional.of(receipts.of(pending, applied));
            case Settled.Rejected rejected -> Optional.of(deadLetter(pending, rejected));
            case Settled.Purged _ -> Optional.empty();
        };
    }

    private ProducerRecord<byte[], byte[]> deadLetter(Pending pending, Settled.Rejected rejected) {
        RecordHeaders headers = new RecordHeaders(pending.record().headers());
        DeadLetterHeaders.add(headers, pending, rejected);
        return new ProducerRecord<>(
                deadLetters, null, null, pending.record().key(), pending.record().value(), headers);
    }

    @Override
    public void close() {
        receipts.close();
    }
}
