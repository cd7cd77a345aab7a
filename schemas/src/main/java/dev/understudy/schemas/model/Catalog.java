package dev.understudy.schemas.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The entity types that a service knows, each with its owner; checked as a whole: names are unique
 * and every reference leads to a type in the catalog with a key of the same type. Immutable.
 */
public final class Catalog {
    private final Map<String, CatalogEntry> byTypeName = new LinkedHashMap<>();
    private final Map<String, CatalogEntry> byEntitySet = new LinkedHashMap<>();
    private final Map<String, CatalogEntry> byTopic = new LinkedHashMap<>();

    public Catalog(Collection<CatalogEntry> entries) {
        this(entries, Set.of());
    }

    /**
     * With types that are to come: references to them are plain values until then.
     *
     * @param later their full names
     * @throws ModelException if one of them is there, or another is missing
     */
    public Catalog(Collection<CatalogEntry> entries, Set<String> later) {
        for (CatalogEntry declared : entries) {
            CatalogEntry entry =
                    new CatalogEntry(
                            declared.owner(),
                            declared.type().withoutReferencesTo(later),
                            declared.kept());
            unique(byTypeName, entry.type().fullName(), entry);
            unique(byEntitySet, entry.type().entitySet(), entry);
            byTopic.put(entry.topic(), entry);
            if (later.contains(entry.type().fullName())) {
                throw new ModelException(
                        "%s is in the catalog, and also as one that is to come: take ?%s out"
                                .formatted(entry.topic(), entry.type()));
            }
        }
        byTypeName
                .values()
                .forEach(entry -> entry.type().references().forEach(field -> check(entry, field)));
    }

    /**
     * The catalog in its configured notation.
     *
     * @param notation {@code <owner>.<full name>} for each entity type; of a replica perhaps with
     *     the fields and the condition of what is kept; {@code ?<full name>} for one that is to
     *     come and is referred to already
     * @throws ModelException if an entry is malformed or its schema cannot be found
     */
    public static Catalog of(List<String> notation, SchemaFiles schemas) {
        List<CatalogEntry> entries = new ArrayList<>();
        Set<String> later = new HashSet<>();
        for (String text : EntryNotation.whole(notation)) {
            if (text.startsWith("?")) {
                later.add(text.substring(1));
            } else {
                entries.add(new EntryNotation(text).entry(schemas));
            }
        }
        return new Catalog(entries, later);
    }

    public List<CatalogEntry> entries() {
        return List.copyOf(byTypeName.values());
    }

    public List<EntityType> types() {
        return byTypeName.values().stream().map(CatalogEntry::type).toList();
    }

    /**
     * What this instance owns.
     *
     * @throws ModelException if one is to be kept in part
     */
    public List<CatalogEntry> ownedBy(String instance) {
        List<CatalogEntry> owned =
                entries().stream().filter(entry -> entry.owner().equals(instance)).toList();
        for (CatalogEntry entry : owned) {
            if (!entry.kept().isWhole()) {
                throw new ModelException(
                        entry.topic() + ": " + instance + " owns it, and keeps all of it");
            }
        }
        return owned;
    }

    public List<CatalogEntry> notOwnedBy(String instance) {
        return entries().stream().filter(entry -> !entry.owner().equals(instance)).toList();
    }

    public Optional<CatalogEntry> byEntitySet(String entitySet) {
        return Optional.ofNullable(byEntitySet.get(entitySet));
    }

    public Optional<CatalogEntry> byTopic(String topic) {
        return Optional.ofNullable(byTopic.get(topic));
    }

    /**
     * The type with this full name.
     *
     * @throws ModelException if it is not in the catalog
     */
    public CatalogEntry entry(String typeName) {
        CatalogEntry entry = byTypeName.get(typeName);
        if (entry == null) {
            throw new ModelException(typeName + " is not in the catalog " + byTypeName.keySet());
        }
        return entry;
    }

    /** The type that a reference field of a type in this catalog leads to. */
    public EntityType target(EntityField reference) {
        return entry(reference.reference().orElseThrow().type()).type();
    }

    private static void unique(Map<String, CatalogEntry> map, String name, CatalogEntry entry) {
        CatalogEntry other = map.put(name, entry);
        if (other != null) {
            throw new ModelException(
                    "'"
                            + name
                            + "' is in the catalog twice: "
                            + other.topic()
                            + ", "
                            + entry.topic());
        }
    }

    private void check(CatalogEntry entry, EntityField field) {
        String name = entry.type().fullName() + "." + field.name();
        String target = field.reference().orElseThrow().type();
        CatalogEntry referred = byTypeName.get(target);
        if (referred == null) {
            throw new ModelException(
                    name
                            + " refers to "
                            + target
                            + ", which is not in the catalog: add it, or ?"
                            + target
                            + " if it is to come later");
        }
        if (!EntityTypeReader.keyType(field.type())
                .equals(Optional.of(referred.type().keyType()))) {
            throw new ModelException(
                    "%s refers to %s, whose key is a %s, by another type"
                            .formatted(name, target, referred.type().keyType()));
        }
    }
}
