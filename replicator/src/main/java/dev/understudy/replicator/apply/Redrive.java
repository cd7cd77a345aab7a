package dev.understudy.replicator.apply;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.understudy.schemas.event.ChangeEventDecoder;
import dev.understudy.schemas.event.PoisonReason;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.Condition;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.Outcome;
import dev.understudy.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Applies records once more, as if they came from their topics, and sends receipts of those that
 * get through; what is rejected again makes no other dead letter. Safe at any time, since a row
 * never goes back. Thread-safe.
 */
public final class Redrive implements AutoCloseable {
    /** An event is there, but its row is not: see ADR 0017. */
    private static final String PURGED =
            "its position is below what has been purged, and the entity has no row: its owner must"
                    + " publish it again";

    /** Nothing says whether the entity has left the part that is kept: see ADR 0018. */
    private static final String LEFT =
            "only a part of the type is kept, and the entity has no row here: its owner must publish"
                    + " it again";

    private final Settler settler;
    private final Flusher.Services services;

    /** A record in its first place. */
    public record Origin(CatalogEntry entry, ConsumerRecord<byte[], byte[]> record) {}

    /** What became of a record. */
    public sealed interface Result {
        /** The database has the event, or something newer. */
        record Done(String outcome) implements Result {}

        /** It cannot be applied now either. */
        record Rejected(String reason, String message) implements Result {}

        /** Nobody knows yet: a part that is needed is away. */
        record Unavailable(Fault fault) implements Result {}
    }

    /**
     * @param registry configuration of Confluent's deserializer
     * @param maxBatch events in one transaction of the store at most
     */
    public Redrive(Map<String, ?> registry, Flusher.Services services, int maxBatch) {
        this.services = services;
        this.settler = new Settler(new ChangeEventDecoder(registry), services, maxBatch);
    }

    /** Applies these records in one batch; one result for each, in their order. */
    public synchronized List<Result> apply(List<Origin> origins) {
        List<Pending> batch = new ArrayList<>();
        for (Origin origin : origins) {
            batch.add(new Pending(origin.entry(), origin.record()));
        }
        List<Fault> faults = new ArrayList<>(settle(batch));
        List<Pending> through =
                batch.stream()
                        .filter(pending -> !(pending.settled() instanceof Settled.Rejected))
                        .toList();
        services.outbox().deliver(through).ifPresent(faults::add);
        return batch.stream().map(pending -> result(pending, faults)).toList();
    }

    private List<Fault> settle(List<Pending> batch) {
        try {
            for (Pending pending : batch) {
                if (mayHaveLeft(pending)) {
                    pending.settled(
                            new Settled.Rejected(
                                    PoisonReason.REFUSED,
                                    LEFT,
                                    "none",
                                    services.clock().instant()));
                }
            }
        } catch (StoreException e) {
            return List.of(Fault.of(Part.DATABASE, e));
        }
        return settler.settle(batch);
    }

    /** Of an entity outside the part that is kept there is no row whose version would guard it. */
    private boolean mayHaveLeft(Pending pending) {
        if (pending.entry().kept().condition() instanceof Condition.Always
                || pending.record().key() == null) {
            return false;
        }
        String text = new String(pending.record().key(), UTF_8);
        try {
            EntityKey key = pending.entry().type().keyType().parse(text);
            return services.store()
                    .read(new EntityId(pending.entry().type(), key))
                    .filter(row -> !row.version().equals(Version.NONE))
                    .isEmpty();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private Result result(Pending pending, List<Fault> faults) {
        return switch (pending.settled()) {
            case Settled.Rejected rejected ->
                    new Result.Rejected(rejected.reason().code(), rejected.message());
            case Settled.Applied applied when pending.isAcknowledged() -> done(applied);
            case Settled.Purged _ when pending.isAcknowledged() -> new Result.Done("purged");
            case Settled.Applied _, Settled.Purged _ -> new Result.Unavailable(faults.getFirst());
            case null -> new Result.Unavailable(faults.getFirst());
        };
    }

    private Result done(Settled.Applied applied) {
        try {
            return applied.outcome() instanceof Outcome.Stale && isMissing(applied)
                    ? new Result.Rejected("purged", PURGED)
                    : new Result.Done(FlushMetrics.tag(applied.outcome()));
        } catch (StoreException e) {
            return new Result.Unavailable(Fault.of(Part.DATABASE, e));
        }
    }

    private boolean isMissing(Settled.Applied applied) {
        Optional<EntityRow> row =
                services.store().read(new EntityId(applied.event().type(), applied.event().key()));
        return row.filter(found -> found.version().compareTo(applied.event().version()) >= 0)
                .isEmpty();
    }

    @Override
    public void close() {
        settler.close();
    }
}
