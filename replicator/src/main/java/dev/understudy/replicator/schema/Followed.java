package dev.understudy.replicator.schema;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.ModelException;
import dev.understudy.schemas.model.SchemaEvolution;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * The schemas that owners were seen to write with and that are newer than the configured ones: to
 * be followed, or refused. Thread-safe.
 */
public final class Followed {
    private final Map<String, Schema> wanted = new HashMap<>();
    private final Map<String, Map<Schema, String>> refused = new HashMap<>();

    /**
     * Whether a schema adds to the fields that an entry keeps: it may follow the entry's, and not
     * the other way round as well.
     */
    static boolean isNewer(CatalogEntry entry, EntityType written) {
        return isNewer(entry, whole(entry), written);
    }

    private static boolean isNewer(CatalogEntry entry, EntityType present, EntityType written) {
        try {
            EntityType part = entry.part(written);
            return SchemaEvolution.between(present, part) instanceof SchemaEvolution.Compatible
                    && SchemaEvolution.between(part, present) instanceof SchemaEvolution.Refused;
        } catch (ModelException _) {
            // A field that is kept has gone: the decoder says what of the event can be read.
            return false;
        }
    }

    /** Takes a schema that is newer than the entry's. */
    synchronized void want(CatalogEntry entry, EntityType written) {
        EntityType present = newer(entry).map(entry::part).orElseGet(() -> whole(entry));
        if (isNewer(entry, present, written)) {
            wanted.put(entry.topic(), written.schema());
        }
    }

    /** Why a schema is not followed. */
    synchronized Optional<String> refusal(String topic, Schema schema) {
        return Optional.ofNullable(refused.getOrDefault(topic, Map.of()).get(schema));
    }

    /** What is wanted and not in the catalog yet cannot be: its events are parked. */
    public synchronized void refuse(Catalog configured, String why) {
        configured
                .entries()
                .forEach(entry ->
                        newer(entry)
                                .ifPresent(type ->
                                        refused.computeIfAbsent(entry.topic(), _ -> new HashMap<>())
                                                .put(type.schema(), why)));
        wanted.clear();
    }

    /** After a change of the configuration all is to be tried again. */
    public synchronized void forgetRefusals() {
        refused.clear();
    }

    /**
     * The catalog with the newest schemas.
     *
     * @throws dev.understudy.schemas.model.ModelException if they do not fit each other
     */
    public synchronized Catalog evolved(Catalog configured) {
        List<CatalogEntry> entries =
                configured.entries().stream()
                        .map(entry -> newer(entry).map(entry::following).orElse(entry))
                        .toList();
        return new Catalog(entries, later(configured));
    }

    /** All of the newest schema, if it is newer in the fields that the entry keeps. */
    private Optional<EntityType> newer(CatalogEntry entry) {
        return Optional.ofNullable(wanted.get(entry.topic()))
                .map(EntityType::of)
                .filter(written -> isNewer(entry, written));
    }

    /** As its schema says: a catalog may take some references for plain fields. */
    private static EntityType whole(CatalogEntry entry) {
        return EntityType.of(entry.type().schema());
    }

    /** The types that schemas refer to and that are still to come. */
    private static Set<String> later(Catalog configured) {
        Set<String> later = new HashSet<>();
        for (CatalogEntry entry : configured.entries()) {
            for (EntityField field : whole(entry).references()) {
                later.add(field.reference().orElseThrow().type());
            }
        }
        configured.types().forEach(type -> later.remove(type.fullName()));
        return later;
    }
}
