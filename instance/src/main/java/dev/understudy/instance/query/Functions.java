package dev.understudy.instance.query;

import dev.understudy.schemas.model.FieldType;
import dev.understudy.store.query.Function;
import java.util.List;
import java.util.Map;

/** The functions of a filter by their names, and what they take. */
record Functions(Function function, List<Takes> takes) {
    /** What an argument may be. */
    enum Takes {
        TEXT("a string"),
        DATE("a date"),
        TIME("a time");

        private final String text;

        Takes(String text) {
            this.text = text;
        }

        boolean fits(FieldType type) {
            return switch (type) {
                case FieldType.Text _, FieldType.Symbol _ -> this == TEXT;
                case FieldType.Timestamp _, FieldType.LocalTimestamp _ -> this != TEXT;
                case FieldType.Date _ -> this == DATE;
                case FieldType.Time _ -> this == TIME;
                case FieldType.Uuid _,
                        FieldType.Whole _,
                        FieldType.Real _,
                        FieldType.Bool _,
                        FieldType.Decimal _,
                        FieldType.Bytes _,
                        FieldType.Document _ ->
                        false;
            };
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final Map<String, Functions> BY_NAME =
            Map.ofEntries(
                    of("contains", Function.CONTAINS, Takes.TEXT, Takes.TEXT),
                    of("startswith", Function.STARTS_WITH, Takes.TEXT, Takes.TEXT),
                    of("endswith", Function.ENDS_WITH, Takes.TEXT, Takes.TEXT),
                    of("tolower", Function.TO_LOWER, Takes.TEXT),
                    of("toupper", Function.TO_UPPER, Takes.TEXT),
                    of("trim", Function.TRIM, Takes.TEXT),
                    of("concat", Function.CONCAT, Takes.TEXT, Takes.TEXT),
                    of("length", Function.LENGTH, Takes.TEXT),
                    of("year", Function.YEAR, Takes.DATE),
                    of("month", Function.MONTH, Takes.DATE),
                    of("day", Function.DAY, Takes.DATE),
                    of("hour", Function.HOUR, Takes.TIME),
                    of("minute", Function.MINUTE, Takes.TIME),
                    of("second", Function.SECOND, Takes.TIME),
                    of("date", Function.DATE, Takes.DATE));

    Functions {
        takes = List.copyOf(takes);
    }

    static Functions named(String name) {
        Functions function = BY_NAME.get(name);
        if (function == null) {
            throw InvalidQueryException.unsupported("the function " + name);
        }
        return function;
    }

    private static Map.Entry<String, Functions> of(String name, Function function, Takes... takes) {
        return Map.entry(name, new Functions(function, List.of(takes)));
    }
}
