package dev.understudy.store.table;

import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.ModelException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names from schemas as SQL identifiers: in snake_case, and quoted. The only place for both. */
public final class Names {
    /** Where this project's own tables are. */
    public static final String INFRASTRUCTURE = "understudy";

    /** PostgreSQL cuts longer names silently; nine bytes are left for the prefix of a CHECK. */
    private static final int MAX_BYTES = 54;

    private static final Pattern WORD_START =
            Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    private Names() {}

    /** The schema of a type's table. */
    public static String schema(EntityType type) {
        if (type.namespace().isEmpty()) {
            return "public";
        }
        String name = name(type.namespace().replace('.', '_'), type.fullName());
        if (name.equals(INFRASTRUCTURE)
                || name.equals("information_schema")
                || name.startsWith("pg_")) {
            throw new ModelException(
                    "%s: the namespace is the schema %s, which is reserved"
                            .formatted(type.fullName(), name));
        }
        return name;
    }

    /** The table of a type. */
    public static String table(EntityType type) {
        return name(type.name(), type.fullName());
    }

    /** The column of a field. */
    public static String column(EntityType type, String field) {
        return name(field, type.fullName() + "." + field);
    }

    /**
     * {@code primaryContactId} as {@code primary_contact_id}, {@code SLADue} as {@code sla_due}.
     */
    public static String snakeCase(String name) {
        return WORD_START.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
    }

    /** An identifier as it stands in SQL. */
    public static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** A string constant as it stands in SQL. */
    public static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String name(String name, String of) {
        String snake = snakeCase(name);
        if (snake.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new ModelException(
                    "%s: '%s' is longer than the %d characters that a name in PostgreSQL may have"
                            .formatted(of, snake, MAX_BYTES));
        }
        return snake;
    }
}
