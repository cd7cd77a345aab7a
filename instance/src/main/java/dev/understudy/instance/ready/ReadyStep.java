package dev.understudy.instance.ready;

import dev.understudy.instance.configuration.InstanceConfiguration;
import dev.understudy.instance.configuration.ReadyConfiguration;
import dev.understudy.instance.write.Operation;
import dev.understudy.instance.write.Refusal;
import dev.understudy.instance.write.WriteStep;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.store.EntityRow;
import dev.understudy.store.RecordState;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Notes, with the write, that an entity has come to be or refers to others now, and that it is to
 * be told when it is complete.
 */
@Singleton
final class ReadyStep implements WriteStep.PostOperation {
    static final String PURPOSE = "understudy.ready";

    private final Set<String> types;

    ReadyStep(ReadyConfiguration ready, Catalog catalog, InstanceConfiguration instance) {
        types = ready.of(catalog, instance.instance());
    }

    /** Whether there is anything to tell. */
    boolean isOn() {
        return !types.isEmpty();
    }

    @Override
    public Optional<Refusal> after(Operation operation) {
        EntityRow after = operation.after();
        if (!types.contains(after.id().type().fullName())) {
            return Optional.empty();
        }
        if (after.state() == RecordState.DELETED) {
            operation.transaction().awaitNoMore(after.id(), PURPOSE);
        } else if (after.state() == RecordState.HYDRATED
                && refersAnew(operation.before(), after.content())) {
            operation.transaction().awaitComplete(after.id(), PURPOSE);
        }
        return Optional.empty();
    }

    private static boolean refersAnew(Optional<EntityRow> before, EntityContent after) {
        return before.filter(row -> row.state() == RecordState.HYDRATED)
                .map(EntityRow::content)
                .map(content ->
                        after.type().references().stream()
                                .anyMatch(field ->
                                        !Objects.equals(
                                                content.reference(field), after.reference(field))))
                .orElse(true);
    }
}
