package dev.understudy.store.guard;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.KeyType;
import dev.understudy.store.table.Names;
import dev.understudy.store.table.Table;
import dev.understudy.store.table.Tables;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is to run in one transaction, as text: a person can run it as well. */
final class GuardScripts {
    private static final String LOCK = "SELECT pg_advisory_xact_lock(8461811136749597284);\n";

    /** Fails, naming the table, if one is not there. */
    private static final String CHECK =
            """

            DO $check$
            BEGIN
                PERFORM %s;
            END
            $check$;
            """;

    private static final String RECORD =
            """

            INSERT INTO understudy.guarded_type VALUES
                %s
            ON CONFLICT (full_name) DO UPDATE SET table_schema = EXCLUDED.table_schema,
                table_name = EXCLUDED.table_name, key_column = EXCLUDED.key_column,
                key_type = EXCLUDED.key_type;
            """;

    private GuardScripts() {}

    static String installation(Catalog catalog) {
        Collection<Table> tables = new Tables(catalog).all();
        String script = LOCK + resource("guards.sql");
        return tables.isEmpty() ? script : script + check(tables) + record(tables);
    }

    static String removal() {
        return LOCK + resource("removal.sql");
    }

    private static String check(Collection<Table> tables) {
        return CHECK.formatted(
                tables.stream()
                        .map(table -> Names.literal(table.quoted()) + "::regclass")
                        .collect(Collectors.joining(", ")));
    }

    private static String record(Collection<Table> tables) {
        return RECORD.formatted(
                tables.stream().map(GuardScripts::row).collect(Collectors.joining(",\n    ")));
    }

    private static String row(Table table) {
        return Stream.of(
                        table.type().fullName(),
                        table.schema(),
                        table.name(),
                        table.key().name(),
                        keyType(table.type().keyType()))
                .map(Names::literal)
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String keyType(KeyType type) {
        return switch (type) {
            case UUID -> "uuid";
            case STRING -> "text";
            case LONG -> "bigint";
        };
    }

    private static String resource(String name) {
        try (InputStream stream =
                Objects.requireNonNull(GuardScripts.class.getResourceAsStream(name))) {
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
