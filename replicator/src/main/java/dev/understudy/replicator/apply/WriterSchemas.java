package dev.understudy.replicator.apply;

import dev.understudy.schemas.model.CatalogEntry;
import org.jspecify.annotations.Nullable;

/** Whether a record may be read by the schema of its entry. Thread-safe. */
@FunctionalInterface
public interface WriterSchemas {
    /** All may. */
    WriterSchemas ALL_READABLE = (_, _) -> new Verdict.Fits();

    /** What is to be done with a record. */
    sealed interface Verdict {
        /** Decode it. */
        record Fits() implements Verdict {}

        /** Wait: the table is about to follow the schema that it was written with. */
        record Newer(String message) implements Verdict {}

        /** Park it: the table cannot follow that schema. */
        record Refused(String why) implements Verdict {}
    }

    /**
     * Looks at the schema's ID in the record's value.
     *
     * @throws dev.understudy.schemas.event.RegistryUnavailableException if the schema cannot be
     *     fetched now
     */
    Verdict check(CatalogEntry entry, byte @Nullable [] value);
}
