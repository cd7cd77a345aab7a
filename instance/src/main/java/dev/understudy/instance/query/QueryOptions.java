package dev.understudy.instance.query;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.query.Predicate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The query options of one request, decoded, by name.
 *
 * @param values without those that are the application's own: names without a dollar sign
 * @param readable whether the caller may look at entities of a type
 */
public record QueryOptions(
        Map<String, String> values, java.util.function.Predicate<EntityType> readable) {
    private static final Set<String> SELECTS = Set.of("$select", "$expand", "$format");
    private static final Set<String> SETS =
            Set.of(
                    "$select",
                    "$expand",
                    "$format",
                    "$filter",
                    "$orderby",
                    "$top",
                    "$skip",
                    "$count",
                    "$skiptoken",
                    "$apply");

    public QueryOptions {
        values = new LinkedHashMap<>(values);
    }

    /**
     * The options among names and values.
     *
     * @param readable whether the caller may look at entities of a type
     * @throws InvalidQueryException if one is given twice
     */
    public static QueryOptions of(
            List<Map.Entry<String, String>> parameters,
            java.util.function.Predicate<EntityType> readable) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, String> parameter : parameters) {
            if (parameter.getKey().startsWith("$")
                    && values.put(parameter.getKey(), parameter.getValue()) != null) {
                throw InvalidQueryException.malformed(parameter.getKey() + " is given twice");
            }
        }
        return new QueryOptions(values, readable);
    }

    public Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** How one entity is to be shown. */
    public Shape shape(Catalog catalog, EntityType type, QueryLimits limits) {
        requireOnly(SELECTS);
        return shape(new Fields(catalog, type, readable), limits);
    }

    /** How entities whose changes are tracked are to be shown. */
    public Shape tracked(Catalog catalog, EntityType type, QueryLimits limits) {
        requireOnly(Set.of("$select", "$deltatoken", "$format"));
        return shape(new Fields(catalog, type, readable), limits);
    }

    /** What of an entity set is asked for. */
    public SetQuery query(Catalog catalog, EntityType type, QueryLimits limits) {
        requireOnly(SETS);
        Fields fields = new Fields(catalog, type, readable);
        Optional<Grouping> grouping = value("$apply").map(text -> grouping(fields, limits, text));
        OptionalInt top = number("$top");
        int skip = number("$skip").orElse(0);
        if (skip > 0 && value("$skiptoken").isPresent()) {
            throw InvalidQueryException.malformed("a link to the next page has no $skip");
        }
        boolean count =
                value("$count").map(text -> OptionParser.bool("$count", text)).orElse(false);
        SetQuery.Paging paging = new SetQuery.Paging(top, skip, count, value("$skiptoken"));
        if (grouping.isPresent()) {
            requireOnly(Set.of("$apply", "$orderby", "$top", "$format"));
            return new SetQuery(Shape.WHOLE, Optional.empty(), List.of(), paging, grouping);
        }
        return new SetQuery(
                shape(fields, limits),
                value("$filter").map(text -> OptionParser.filter(fields, limits, text)),
                value("$orderby")
                        .map(text -> OptionParser.order(fields, limits, text))
                        .orElse(List.of()),
                paging,
                grouping);
    }

    /** The options of a count. */
    public Optional<Predicate> filter(Catalog catalog, EntityType type, QueryLimits limits) {
        requireOnly(Set.of("$filter"));
        return value("$filter")
                .map(text ->
                        OptionParser.filter(new Fields(catalog, type, readable), limits, text));
    }

    /** Refuses any option. */
    public void requireNone() {
        requireOnly(Set.of("$format"));
    }

    private OptionalInt number(String name) {
        String text = values.get(name);
        return text == null ? OptionalInt.empty() : OptionalInt.of(OptionParser.count(name, text));
    }

    private Shape shape(Fields fields, QueryLimits limits) {
        return new Shape(
                value("$select").map(text -> selection(fields, text)).orElse(Selection.ALL),
                value("$expand").map(text -> expansions(fields, limits, text)).orElse(List.of()));
    }

    private static Selection selection(Fields fields, String text) {
        Tokens tokens = new Tokens("$select", text);
        Selection selection = ShapeParser.selection(fields, tokens);
        tokens.expectEnd();
        return selection;
    }

    private static List<Expansion> expansions(Fields fields, QueryLimits limits, String text) {
        Tokens tokens = new Tokens("$expand", text);
        List<Expansion> expansions = new ShapeParser(limits).expansions(fields, tokens);
        tokens.expectEnd();
        return expansions;
    }

    private Grouping grouping(Fields fields, QueryLimits limits, String text) {
        Tokens tokens = new Tokens("$apply", text);
        Grouping grouping = new ApplyParser(fields, limits, tokens).parse();
        tokens.expectEnd();
        Optional<String> orderBy = value("$orderby");
        if (orderBy.isEmpty()) {
            return grouping;
        }
        Tokens order = new Tokens("$orderby", orderBy.get());
        Grouping ordered = ApplyParser.ordered(grouping, fields, order);
        order.expectEnd();
        return ordered;
    }

    private void requireOnly(Set<String> known) {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw InvalidQueryException.unsupported("the query option " + name + " here");
            }
        }
        value("$format")
                .filter(format -> !format.equals("json") && !format.startsWith("application/json"))
                .ifPresent(format -> {
                    throw InvalidQueryException.unsupported("the format " + format);
                });
    }
}
