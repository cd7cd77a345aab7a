package dev.understudy.replicator.schema;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.Condition;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.SchemaEvolution;
import dev.understudy.schemas.model.Subset;
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

    /** Whether a schema follows another, and not the other way round as well. */
    static boolean isNewer(EntityType older, EntityType newer) {
        return SchemaEvolution.between(older, newer) instanceof SchemaEvolution.Compatible
                && SchemaEvolution.between(newer, older) instanceof SchemaEvolution.Refused;
    }

    synchronized void want(String topic, EntityType type) {
        Schema present = wanted.get(topic);
        if (present == null || isNewer(EntityType.of(present), type)) {
            wanted.put(topic, type.schema());
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
                        .map(entry ->
                                newer(entry)
                                        .map(type ->
                                                new CatalogEntry(
                                                        entry.owner(),
                                                        type,
                                                        kept(entry.kept(), type)))
                                        .orElse(entry))
                        .toList();
        return new Catalog(entries, later(configured));
    }

    /** The same part, by the fields of the newer type, which may have other places. */
    private static Subset kept(Subset kept, EntityType type) {
        return new Subset(kept.leftOut(), Condition.of(type, kept.condition().notation()));
    }

    private Optional<EntityType> newer(CatalogEntry entry) {
        EntityType present = whole(entry);
        return Optional.ofNullable(wanted.get(entry.topic()))
                .map(EntityType::of)
                .filter(type -> isNewer(present, type));
    }

    /** As its schema says: a catalog may take some references for plain fields. */
    static EntityType whole(CatalogEntry entry) {
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
