package dev.understudy.store.history;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.store.AlternateId;
import dev.understudy.store.EntityId;
import java.util.List;
import java.util.Map;

/** One call of a store. */
sealed interface Step {
    /** A batch of events comes. */
    record Apply(List<ChangeEvent> events) implements Step {}

    /** A writer refers to an entity by its alternate key. */
    record Refer(AlternateId id) implements Step {}

    /**
     * The instance writes a row of its own.
     *
     * @param byAlternateKey references that are known only so
     */
    record Write(EntityContent content, Map<EntityField, AlternateId> byAlternateKey)
            implements Step {}

    /** The instance deletes a row of its own, if it is there. */
    record Delete(EntityId id) implements Step {}

    /** The instance moves the references of one of its rows away from aliases. */
    record Move(EntityId id) implements Step {}
}
