package dev.understudy.instance.write;

import dev.understudy.store.AlternateId;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.EntityStore;
import dev.understudy.store.RowRefusedException;
import dev.understudy.store.StoreTransaction;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes of several entities in one transaction: all of them, or none. Thread-safe. */
@Singleton
public final class BatchWrites {
    private final WritePipeline pipeline;
    private final EntityStore store;

    BatchWrites(WritePipeline pipeline, EntityStore store) {
        this.pipeline = pipeline;
        this.store = store;
    }

    /**
     * One after the other, each of which sees what those before it did; but at once where that
     * comes to the same, when each may also refer to what those behind it make.
     *
     * @throws dev.understudy.store.StoreException if the database is away
     */
    public BatchResult inOrder(List<WriteRequest> requests) {
        return requests.stream().allMatch(BatchWrites::standsAlone)
                ? atOnce(requests)
                : validated(requests).orElseGet(() -> oneByOne(requests));
    }

    /**
     * Whether a write may be accepted together with writes of other entities only if it is after
     * them, too. One that refers to what another one deletes may not, and by an alternate key it
     * may mean what another one makes.
     */
    private static boolean standsAlone(WriteRequest request) {
        return switch (request) {
            case WriteRequest.Create create ->
                    create.given().stream().allMatch(BatchWrites::isPlain);
            case WriteRequest.Upsert upsert ->
                    upsert.given().stream().allMatch(BatchWrites::isPlain);
            case WriteRequest.Delete _ -> false;
        };
    }

    private static boolean isPlain(GivenField field) {
        return !(field.value() instanceof AlternateId);
    }

    /**
     * At once, in few statements however many they are: rows are locked, placeholders placed, rows
     * saved and events emitted in one go each.
     *
     * @throws dev.understudy.store.StoreException if the database is away
     */
    public BatchResult atOnce(List<WriteRequest> requests) {
        Optional<BatchResult> refused = validated(requests);
        if (refused.isPresent()) {
            return refused.get();
        }
        Set<EntityId> ids = new HashSet<>();
        requests.forEach(request -> ids.add(request.id()));
        if (ids.size() < requests.size()) {
            return oneByOne(requests);
        }
        try {
            return store.write(transaction -> atOnce(transaction, requests, ids))
                    .<BatchResult>map(BatchResult.Committed::new)
                    .orElseGet(() -> oneByOne(requests));
        } catch (RefusedWriteException | RowRefusedException _) {
            // One by one tells which it was.
            return oneByOne(requests);
        }
    }

    private Optional<BatchResult> validated(List<WriteRequest> requests) {
        for (int i = 0; i < requests.size(); i++) {
            Optional<Refusal> refusal = pipeline.validated(requests.get(i));
            if (refusal.isPresent()) {
                return Optional.of(new BatchResult.Refused(i, refusal.get()));
            }
        }
        return Optional.empty();
    }

    private BatchResult oneByOne(List<WriteRequest> requests) {
        AtomicInteger at = new AtomicInteger();
        try {
            return new BatchResult.Committed(
                    store.write(transaction -> {
                        List<WriteResult> results = new ArrayList<>();
                        for (WriteRequest request : requests) {
                            at.set(results.size());
                            results.add(pipeline.write(transaction, request));
                            transaction.flush();
                        }
                        return results;
                    }));
        } catch (RefusedWriteException e) {
            return new BatchResult.Refused(at.get(), e.refusal());
        } catch (RowRefusedException e) {
            return new BatchResult.Refused(
                    at.get(), WritePipeline.refusal(requests.get(at.get()), e));
        }
    }

    /** Empty, with nothing done, if two requests mean one entity: a key may be another's alias. */
    private Optional<List<WriteResult>> atOnce(
            StoreTransaction transaction, List<WriteRequest> requests, Set<EntityId> ids) {
        Map<EntityId, EntityRow> rows = transaction.lockAll(ids);
        Set<EntityId> meant = new HashSet<>();
        for (EntityId id : ids) {
            EntityRow row = rows.get(id);
            meant.add(row == null ? id : row.id());
        }
        if (meant.size() < ids.size()) {
            return Optional.empty();
        }
        List<WritePipeline.Decided> decided = new ArrayList<>();
        for (WriteRequest request : requests) {
            decided.add(
                    pipeline.decided(
                            transaction,
                            References.resolved(transaction, request),
                            Optional.ofNullable(rows.get(request.id()))));
        }
        pipeline.saveAll(transaction, decided);
        return Optional.of(decided.stream().map(WritePipeline.Decided::result).toList());
    }
}
