package dev.understudy.replicator.letters;

import dev.understudy.replicator.apply.DeadLetterHeaders;
import dev.understudy.replicator.apply.Redrive;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;

/** Applies the records again that letters hold, as they were in their topics. */
final class Redriven {
    private final LetterReader reader;
    private final Catalog catalog;
    private final Redrive redrive;

    Redriven(LetterReader reader, Catalog catalog, Redrive redrive) {
        this.reader = reader;
        this.catalog = catalog;
        this.redrive = redrive;
    }

    /**
     * One result for each letter, in their order.
     *
     * @throws org.apache.kafka.common.KafkaException if Kafka is away; a letter may then have been
     *     applied
     */
    Map<LetterId, Redrive.Result> results(Collection<LetterId> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        Map<LetterId, ConsumerRecord<byte[], byte[]>> records = reader.read(ids);
        Map<LetterId, Redrive.Result> results = new LinkedHashMap<>();
        Map<LetterId, Redrive.Origin> origins = new LinkedHashMap<>();
        for (LetterId id : ids) {
            results.put(id, new Redrive.Result.Rejected("gone", "it is no longer in its topic"));
            Optional.ofNullable(records.get(id))
                    .ifPresent(record ->
                            origin(record)
                                    .ifPresentOrElse(
                                            origin -> origins.put(id, origin),
                                            () -> results.put(id, notReplicated(record))));
        }
        List<LetterId> tried = new ArrayList<>(origins.keySet());
        List<Redrive.Result> outcomes = redrive.apply(new ArrayList<>(origins.values()));
        for (int i = 0; i < tried.size(); i++) {
            results.put(tried.get(i), outcomes.get(i));
        }
        return results;
    }

    /** The record as it was in its topic, if that is replicated. */
    private Optional<Redrive.Origin> origin(ConsumerRecord<byte[], byte[]> letter) {
        return Letter.origin(letter)
                .flatMap(origin ->
                        catalog.byTopic(origin.topic())
                                .map(entry -> origin(entry, origin, letter)));
    }

    private static Redrive.Origin origin(
            CatalogEntry entry, Letter.Origin origin, ConsumerRecord<byte[], byte[]> letter) {
        return new Redrive.Origin(
                entry,
                new ConsumerRecord<>(
                        origin.topic(),
                        origin.partition(),
                        origin.offset(),
                        letter.timestamp(),
                        TimestampType.CREATE_TIME,
                        ConsumerRecord.NULL_SIZE,
                        ConsumerRecord.NULL_SIZE,
                        letter.key(),
                        letter.value(),
                        DeadLetterHeaders.ofOrigin(letter.headers()),
                        Optional.empty()));
    }

    private static Redrive.Result notReplicated(ConsumerRecord<byte[], byte[]> record) {
        return new Redrive.Result.Rejected(
                "not-replicated",
                Letter.header(record, DeadLetterHeaders.TOPIC) + " is not in the catalog");
    }
}
