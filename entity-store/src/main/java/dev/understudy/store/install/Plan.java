package dev.understudy.store.install;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.ModelException;
import dev.understudy.schemas.model.SchemaEvolution;
import dev.understudy.store.install.InstalledTypes.Installed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is to be done about one type, as its recorded schema says. */
sealed interface Plan {
    /** It has no table. */
    record Create() implements Plan {}

    /**
     * Its table becomes, or is, as the catalog says.
     *
     * @param removedSymbols by field, which no row may hold
     */
    record Follow(boolean sameSchema, Map<EntityField, List<String>> removedSymbols)
            implements Plan {}

    /** Its schema was installed before, and a newer one since: this service is the older. */
    record Leave() implements Plan {}

    default boolean leavesTheRecord() {
        return switch (this) {
            case Create _ -> false;
            case Follow(boolean sameSchema, _) -> sameSchema;
            case Leave _ -> true;
        };
    }

    /**
     * By the types' full names.
     *
     * @throws ModelException with all reasons, if any type's schema may not follow
     */
    static Map<String, Plan> of(Catalog catalog, Map<String, Installed> installed) {
        Map<String, Plan> plans = new LinkedHashMap<>();
        List<String> reasons = new ArrayList<>();
        for (CatalogEntry entry : catalog.entries()) {
            String name = entry.type().fullName();
            plans.put(name, of(entry, installed.get(name), reasons));
        }
        if (!reasons.isEmpty()) {
            throw new ModelException(String.join("; ", reasons));
        }
        return plans;
    }

    private static Plan of(CatalogEntry entry, @Nullable Installed present, List<String> reasons) {
        if (present == null) {
            return new Create();
        }
        if (!present.owner().equals(entry.owner())) {
            reasons.add(
                    "%s is installed as owned by '%s'; the catalog says '%s'"
                            .formatted(entry.type(), present.owner(), entry.owner()));
        }
        String fingerprint = InstalledTypes.fingerprint(entry.type());
        if (present.fingerprint().equals(fingerprint)) {
            return new Follow(true, Map.of());
        }
        if (present.earlier().contains(fingerprint)) {
            return new Leave();
        }
        // Read anew: a catalog may take some of a type's references for plain columns.
        EntityType wanted = EntityType.of(entry.type().schema());
        return switch (SchemaEvolution.between(present.type(), wanted)) {
            case SchemaEvolution.Compatible(var removedSymbols) ->
                    new Follow(false, removedSymbols);
            case SchemaEvolution.Refused refused -> {
                reasons.addAll(refused.reasons());
                yield new Follow(false, Map.of());
            }
        };
    }
}
