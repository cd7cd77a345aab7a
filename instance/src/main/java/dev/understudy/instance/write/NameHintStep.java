package dev.understudy.instance.write;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.store.EntityId;
import dev.understudy.store.RecordState;
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
        Map<EntityId, String> names = new HashMap<>();
        for (GivenField given : given(operation.request())) {
            EntityKey key =
                    given.name().isPresent()
                            ? operation.after().content().reference(given.field())
                            : null;
            if (key != null) {
                names.put(
                        new EntityId(catalog.target(given.field()), key),
                        given.name().orElseThrow());
            }
        }
        if (!names.isEmpty()) {
            Map<EntityId, RecordState> states = operation.transaction().states(names.keySet());
            names.keySet().removeIf(id -> states.get(id) != RecordState.PLACEHOLDER);
            operation.transaction().hint(names);
        }
        return Optional.empty();
    }

    private static List<GivenField> given(WriteRequest request) {
        return switch (request) {
            case WriteRequest.Create create -> create.given();
            case WriteRequest.Upsert upsert -> upsert.given();
            case WriteRequest.Delete _ -> List.of();
        };
    }
}
