package dev.understudy.lob.client;

import java.util.Map;
import java.util.UUID;

/**
 * One entity as an instance shows it: the entity itself, or a placeholder that has only its key.
 */
public sealed interface Entry<T> {

    /**
     * The entity, and the record state of each entity it refers to, by navigation name ({@code
     * account}).
     */
    record Hydrated<T>(T entity, Map<String, RecordState> references) implements Entry<T> {
        public Hydrated {
            references = Map.copyOf(references);
        }

        /**
         * The record state of what a navigation refers to; hydrated when the instance does not
         * tell.
         */
        public RecordState reference(String navigation) {
            return references.getOrDefault(navigation, RecordState.HYDRATED);
        }
    }

    /** A row whose content has not arrived yet. */
    record Placeholder<T>(UUID key) implements Entry<T> {}
}
