package dev.understudy.instance.write;

import dev.understudy.store.EntityId;
import java.util.List;
import java.util.Optional;

/** What a caller wants done to one entity. */
public sealed interface WriteRequest {
    EntityId id();

    /** W3C trace context that the change event carries on. */
    Optional<String> traceparent();

    /** A new entity, with schema defaults for what is not given. */
    record Create(EntityId id, List<GivenField> given, Optional<String> traceparent)
            implements WriteRequest {
        public Create {
            given = List.copyOf(given);
        }
    }

    /** A change of the given fields of an entity; a new entity where there is none. */
    record Upsert(
            EntityId id,
            List<GivenField> given,
            Precondition precondition,
            Optional<String> traceparent)
            implements WriteRequest {
        public Upsert {
            given = List.copyOf(given);
        }
    }

    /** The end of an entity. */
    record Delete(EntityId id, Precondition precondition, Optional<String> traceparent)
            implements WriteRequest {}
}
