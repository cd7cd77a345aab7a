package dev.understudy.lob.client;

import java.util.Map;
import java.util.UUID;

/**
 * One entity as an instance shows it: the entity itself, or a placeholder that has only its key.
 */
public sealed interface Entry<T> {

    /**
     * The entity, and what there is of each entity it refers to, by navigation ({@code account}).
     */
    record Hydrated<T>(T entity, Map<String, Reference> references) implements Entry<T> {
        public Hydrated {
            references = Map.copyOf(references);
        }

        /** What a navigation refers to; hydrated when the instance does not tell. */
        public Reference reference(String navigation) {
            return references.getOrDefault(navigation, Reference.HYDRATED);
        }
    }

    /** A row whose content has not arrived yet. */
    record Placeholder<T>(UUID key) implements Entry<T> {}
}
