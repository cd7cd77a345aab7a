package dev.understudy.instance.write;

import dev.understudy.instance.configuration.InstanceConfiguration;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.OnMissing;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.RecordState;
import dev.understudy.store.StoreTransaction;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Gives every new reference of a write something to refer to: a placeholder where nothing is, or a
 * refusal where policy wants the entity itself. A reference to a deleted entity is refused;
 * references that the row had already stay as they are.
 */
@Singleton
final class PlaceholderStep implements WriteStep.PreOperation {
    private final Catalog catalog;
    private final OnMissing policy;

    PlaceholderStep(Catalog catalog, InstanceConfiguration configuration) {
        this.catalog = catalog;
        this.policy = configuration.onMissing();
    }

    @Override
    public Optional<Refusal> before(Operation operation) {
        return beforeAll(List.of(operation));
    }

    @Override
    public Optional<Refusal> beforeAll(List<Operation> operations) {
        Set<EntityId> written = new HashSet<>();
        operations.forEach(operation -> written.add(operation.request().id()));
        List<NewReference> references = new ArrayList<>();
        for (Operation operation : operations) {
            newReferences(operation).stream()
                    .filter(reference -> !written.contains(reference.target()))
                    .forEach(references::add);
        }
        return references.isEmpty()
                ? Optional.empty()
                : before(operations.getFirst().transaction(), references);
    }

    private Optional<Refusal> before(StoreTransaction transaction, List<NewReference> references) {
        List<NewReference> strict = references.stream().filter(this::mustHaveArrived).toList();
        List<NewReference> lenient =
                references.stream().filter(reference -> !mustHaveArrived(reference)).toList();
        Optional<Refusal> refusal =
                strict.isEmpty()
                        ? Optional.empty()
                        : refusal(strict, transaction.states(targets(strict)));
        if (refusal.isEmpty() && !lenient.isEmpty()) {
            // Goes along with the row: what is refused then is rolled back with it.
            transaction.place(
                    targets(lenient),
                    states ->
                            refusal(lenient, states)
                                    .ifPresent(refused -> {
                                        throw new RefusedWriteException(refused);
                                    }));
        }
        return refusal;
    }

    private boolean mustHaveArrived(NewReference reference) {
        return policy == OnMissing.REJECT
                || reference.field().reference().orElseThrow().onMissing() == OnMissing.REJECT;
    }

    private List<NewReference> newReferences(Operation operation) {
        EntityContent content = operation.after().content();
        Optional<EntityContent> before = operation.before().map(EntityRow::content);
        List<NewReference> references = new ArrayList<>();
        for (EntityField field : content.type().references()) {
            EntityKey key = content.reference(field);
            if (key == null || before.filter(old -> key.equals(old.reference(field))).isPresent()) {
                continue;
            }
            references.add(new NewReference(field, new EntityId(catalog.target(field), key)));
        }
        return references;
    }

    /** Sorted, since every writer locks rows in the same order. */
    private static Collection<EntityId> targets(List<NewReference> references) {
        Collection<EntityId> targets = new TreeSet<>();
        references.forEach(reference -> targets.add(reference.target()));
        return targets;
    }

    private Optional<Refusal> refusal(
            List<NewReference> references, Map<EntityId, RecordState> states) {
        return references.stream()
                .map(reference -> refusal(reference, states.get(reference.target())))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Refusal> refusal(NewReference reference, @Nullable RecordState state) {
        return switch (state) {
            case DELETED -> reference.refused(Refusal.Reason.DELETED_REFERENCE, "was deleted");
            case HYDRATED -> Optional.empty();
            case ALIAS -> throw new IllegalStateException("no transaction tells of aliases");
            case PLACEHOLDER ->
                    mustHaveArrived(reference)
                            ? reference.refused(
                                    Refusal.Reason.MISSING_REFERENCE,
                                    "has not arrived: a placeholder stands for it")
                            : Optional.empty();
            case null -> reference.refused(Refusal.Reason.MISSING_REFERENCE, "is not there");
        };
    }

    /** A reference that the write adds or changes. */
    private record NewReference(EntityField field, EntityId target) {
        Optional<Refusal> refused(Refusal.Reason reason, String why) {
            return Optional.of(
                    new Refusal(
                            reason,
                            "%s refers to %s with the key '%s', which %s"
                                    .formatted(
                                            field.name(),
                                            target.type(),
                                            target.key().text(),
                                            why)));
        }
    }
}
