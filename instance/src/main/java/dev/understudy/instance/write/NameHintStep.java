package dev.understudy.instance.write;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.store.EntityId;
import dev.understudy.store.RecordState;
import dev.understudy.store.StoreTransaction;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps what a write calls the entities that it refers to, as far as placeholders stand for them;
 * the first name that is given stays.
 */
@Singleton
final class NameHintStep implements WriteStep.PostOperation {
    private final Catalog catalog;

    NameHintStep(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public Optional<Refusal> after(Operation operation) {
        return afterAll(List.of(operation));
    }

    /** In one go, since every writer notes names in the same order. */
    @Override
    public Optional<Refusal> afterAll(List<Operation> operations) {
        Map<EntityId, String> names = new HashMap<>();
        operations.forEach(operation -> addNames(operation, names));
        if (!names.isEmpty()) {
            StoreTransaction transaction = operations.getFirst().transaction();
            Map<EntityId, RecordState> states = transaction.states(names.keySet());
            names.keySet().removeIf(id -> states.get(id) != RecordState.PLACEHOLDER);
            transaction.hint(names);
        }
        return Optional.empty();
    }

    private void addNames(Operation operation, Map<EntityId, String> names) {
        for (GivenField given : given(operation.request())) {
            EntityKey key =
                    given.name().isPresent()
                            ? operation.after().content().reference(given.field())
                            : null;
            if (key != null) {
                names.putIfAbsent(
                        new EntityId(catalog.target(given.field()), key),
                        given.name().orElseThrow());
            }
        }
    }

    private static List<GivenField> given(WriteRequest request) {
        return switch (request) {
            case WriteRequest.Create create -> create.given();
            case WriteRequest.Upsert upsert -> upsert.given();
            case WriteRequest.Delete _ -> List.of();
        };
    }
}
