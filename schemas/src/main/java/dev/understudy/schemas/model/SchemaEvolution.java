package dev.understudy.schemas.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.SchemaCompatibility;

/**
 * Whether one schema of an entity type may follow another, so that rows stay and old events are
 * still read: what a registry's compatibility check sees, and the {@code entity.*} properties and
 * meanings of bytes that it does not.
 */
public sealed interface SchemaEvolution {
    /**
     * It may.
     *
     * @param removedSymbols by field, if no row holds them
     */
    record Compatible(Map<EntityField, List<String>> removedSymbols) implements SchemaEvolution {
        public Compatible {
            removedSymbols = Map.copyOf(removedSymbols);
        }
    }

    /** It may not; each reason names type, field, and what was there and is wanted. */
    record Refused(List<String> reasons) implements SchemaEvolution {
        public Refused {
            reasons = List.copyOf(reasons);
        }
    }

    /** From an older schema of a type to a newer one. */
    static SchemaEvolution between(EntityType older, EntityType newer) {
        List<String> reasons = new ArrayList<>();
        Map<EntityField, List<String>> removedSymbols = new LinkedHashMap<>();
        if (!older.key().name().equals(newer.key().name())) {
            reasons.add(
                    "%s: the key was %s, and is now %s"
                            .formatted(newer, older.key().name(), newer.key().name()));
        }
        for (EntityField before : older.fields()) {
            newer.field(before.name())
                    .ifPresentOrElse(
                            after -> {
                                FieldChange change = new FieldChange(newer, before, after);
                                change.refusal().ifPresent(reasons::add);
                                if (!change.removedSymbols().isEmpty()) {
                                    removedSymbols.put(after, change.removedSymbols());
                                }
                            },
                            () ->
                                    reasons.add(
                                            "%s.%s: the installed schema has it (%s), this one"
                                                            .formatted(
                                                                    newer,
                                                                    before.name(),
                                                                    FieldChange.described(before))
                                                    + " does not; a field stays"));
        }
        for (EntityField added : newer.fields()) {
            if (older.field(added.name()).isEmpty()) {
                FieldChange.refusalToAdd(newer, added).ifPresent(reasons::add);
            }
        }
        alternateKeys(older, newer, reasons);
        if (reasons.isEmpty()) {
            avro(older, newer, reasons);
        }
        return reasons.isEmpty() ? new Compatible(removedSymbols) : new Refused(reasons);
    }

    /** A key's place among the others is its number in every row. */
    private static void alternateKeys(EntityType older, EntityType newer, List<String> reasons) {
        List<List<String>> before = names(older);
        List<List<String>> after = names(newer);
        if (after.size() < before.size() || !after.subList(0, before.size()).equals(before)) {
            reasons.add(
                    "%s: the alternate keys were %s, and are now %s; new ones go to the end, and none may go"
                            .formatted(newer, before, after));
        }
    }

    private static List<List<String>> names(EntityType type) {
        return type.alternateKeys().stream()
                .map(key -> key.fields().stream().map(EntityField::name).toList())
                .toList();
    }

    private static void avro(EntityType older, EntityType newer, List<String> reasons) {
        for (SchemaCompatibility.Incompatibility found :
                SchemaCompatibility.checkReaderWriterCompatibility(newer.schema(), older.schema())
                        .getResult()
                        .getIncompatibilities()) {
            reasons.add(
                    "%s: old events could not be read: %s at %s: %s"
                            .formatted(
                                    newer,
                                    found.getType(),
                                    found.getLocation(),
                                    found.getMessage()));
        }
    }
}
