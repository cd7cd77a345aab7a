package dev.understudy.instance.ready;

import dev.understudy.instance.write.WriteStep;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.EntityStore;
import dev.understudy.store.RecordState;
import dev.understudy.store.StoreTransaction;
import dev.understudy.store.ledger.Awaited;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs deferred steps, each with the end of its note in one transaction, so that it has run once
 * however often it was tried. Used by one thread.
 */
@Singleton
final class DeferredSteps {
    private static final Logger LOG = LoggerFactory.getLogger(DeferredSteps.class);

    private final EntityStore store;
    private final Catalog catalog;
    private final Map<String, WriteStep.Deferred> steps;
    private final Pauses<Long> pauses = new Pauses<>(System::nanoTime);

    DeferredSteps(EntityStore store, Catalog catalog, List<WriteStep.Deferred> steps) {
        this.store = store;
        this.catalog = catalog;
        this.steps =
                steps.stream()
                        .collect(Collectors.toMap(WriteStep.Deferred::name, Function.identity()));
    }

    /** Whether there are any. */
    boolean isOn() {
        return !steps.isEmpty();
    }

    /**
     * Runs the step that waits for an entity, unless it has failed just now or the entity is not
     * complete any more; says whether. What fails here concerns no other note.
     */
    boolean run(Awaited awaited) {
        WriteStep.@Nullable Deferred step = steps.get(awaited.purpose());
        if (step == null || !pauses.isOver(awaited.seq())) {
            return false;
        }
        try {
            boolean done = store.write(transaction -> run(transaction, step, awaited));
            pauses.succeeded(awaited.seq());
            return done;
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Exception | Error e) {
            LOG.warn(
                    "The deferred step {} of {} fails, retrying in {}: {}",
                    awaited.purpose(),
                    awaited.id(),
                    pauses.failed(awaited.seq()),
                    e.toString());
            LOG.debug("The failure", e);
            return false;
        }
    }

    private boolean run(StoreTransaction transaction, WriteStep.Deferred step, Awaited awaited) {
        // The row before the note, as a write locks them.
        Optional<EntityRow> row =
                transaction
                        .lock(awaited.id())
                        .filter(present -> present.state() == RecordState.HYDRATED);
        if (row.filter(present -> !refersToHydrated(transaction, present)).isPresent()
                || !transaction.settle(awaited)) {
            return false;
        }
        row.ifPresent(present -> step.run(transaction, present));
        return true;
    }

    /** It may refer to others than when it was seen to be complete. */
    private boolean refersToHydrated(StoreTransaction transaction, EntityRow row) {
        EntityContent content = transaction.withoutAliases(row.content());
        Set<EntityId> references = new HashSet<>();
        for (EntityField field : content.type().references()) {
            EntityKey key = content.reference(field);
            if (key != null) {
                references.add(new EntityId(catalog.target(field), key));
            }
        }
        Map<EntityId, RecordState> states = transaction.states(references);
        return references.stream().allMatch(id -> states.get(id) == RecordState.HYDRATED);
    }
}
