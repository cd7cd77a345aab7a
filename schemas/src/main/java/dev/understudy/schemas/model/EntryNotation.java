package dev.understudy.schemas.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One catalog entry as it is written: {@code us.contoso.crm.Account}, or with the part of it that
 * is kept, {@code us.contoso.crm.Account(name, country) where country in ('DE', 'FR')}.
 */
final class EntryNotation {
    private static final Pattern ENTRY =
            Pattern.compile("(?is)([^\\s(]+)\\s*(?:\\(([^)]*)\\))?\\s*(?:where\\s+(.+))?");

    private final String owner;
    private final String typeName;
    private final @Nullable String fields;
    private final @Nullable String condition;

    /**
     * Reads one.
     *
     * @throws ModelException if it is none
     */
    EntryNotation(String text) {
        Matcher matcher = ENTRY.matcher(text);
        int dot = text.indexOf('.');
        if (!matcher.matches() || dot < 1 || dot == matcher.end(1) - 1) {
            throw new ModelException(
                    "catalog entry '"
                            + text
                            + "' is not <owner>.<entity type's full name>, perhaps with"
                            + " (<field>, ...) and where <condition>");
        }
        owner = matcher.group(1).substring(0, dot);
        typeName = matcher.group(1).substring(dot + 1);
        fields = matcher.group(2);
        condition = matcher.group(3);
    }

    /**
     * A list that was split at its commas, whole again where one stood inside of an entry.
     *
     * @throws ModelException if a quote or a parenthesis is not closed
     */
    static List<String> whole(List<String> pieces) {
        List<String> entries = new ArrayList<>();
        String entry = "";
        for (String piece : pieces) {
            entry = entry.isEmpty() ? piece.strip() : entry + "," + piece;
            if (isClosed(entry)) {
                entries.add(entry);
                entry = "";
            }
        }
        if (!entry.isEmpty()) {
            throw new ModelException(
                    "catalog entry '"
                            + entry
                            + "' has a quote or a parenthesis that is not closed");
        }
        return entries;
    }

    CatalogEntry entry(SchemaFiles schemas) {
        EntityType whole = EntityType.of(schemas.schema(typeName));
        EntityType kept = narrowed(whole, condition(whole).fields());
        // Of the narrower type, whose fields have other places.
        return new CatalogEntry(owner, kept, Subset.of(whole, kept, condition(kept)));
    }

    private Condition condition(EntityType type) {
        return condition == null ? new Condition.Always() : ConditionParser.parse(type, condition);
    }

    private EntityType narrowed(EntityType whole, Stream<String> alsoNeeded) {
        if (fields == null) {
            return whole;
        }
        Set<String> names = new LinkedHashSet<>(List.of(whole.key().name()));
        Stream.of(fields.split(",", -1)).map(String::strip).forEach(names::add);
        alsoNeeded.forEach(names::add);
        return Projection.of(whole, names);
    }

    private static boolean isClosed(String text) {
        String unquoted = text.replaceAll("'[^']*'", "");
        return unquoted.indexOf('\'') < 0
                && unquoted.chars().filter(c -> c == '(').count()
                        == unquoted.chars().filter(c -> c == ')').count();
    }
}
