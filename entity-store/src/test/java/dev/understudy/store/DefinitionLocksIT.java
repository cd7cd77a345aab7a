package dev.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.store.install.StoreSchema;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is said to a table with rows, so that nobody waits while they are read. */
@Timeout(60)
final class DefinitionLocksIT {
    private static final Pattern ADDED = Pattern.compile("ADD CONSTRAINT (\"\\w+\")");

    private final TestDatabase database = new TestDatabase();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void constraintsComeWithoutReadingTheRowsAndAreValidatedAfterwards() {
        StoreSchema.install(database.dataSource(), Shop.of(Shop.FIRST).catalog());
        database.execute(
                """
                INSERT INTO shop.item (id, name, count, kind, peer, _state, _version, _changed_at)
                SELECT 'k' || n, 'n', n, 'A', 'm' || n, 'h', 1, now() FROM generate_series(1, 20) n
                """);
        record();

        StoreSchema.install(database.dataSource(), Shop.of(Shop.SECOND).catalog());

        List<String> statements = database.query("SELECT said FROM ddl ORDER BY place");
        List<String> adding =
                statements.stream()
                        .filter(said -> said.contains(" CHECK ") || said.contains(" REFERENCES "))
                        .toList();
        assertThat(adding)
                .anyMatch(said -> said.contains("FOREIGN KEY"))
                .anyMatch(said -> said.contains("DROP CONSTRAINT \"symbol_kind\""))
                .anyMatch(said -> said.contains("\"required_grade\""))
                .allMatch(said -> said.endsWith(" NOT VALID"));
        for (String said : adding) {
            List<String> names =
                    ADDED.matcher(said).results().map((MatchResult name) -> name.group(1)).toList();
            assertThat(names).as(said).hasSize(1);
            assertThat(statements.subList(statements.indexOf(said) + 1, statements.size()))
                    .anyMatch(later -> later.endsWith("VALIDATE CONSTRAINT " + names.getFirst()));
        }
        assertThat(database.query("SELECT conname FROM pg_constraint WHERE NOT convalidated"))
                .isEmpty();
    }

    private void record() {
        database.execute(
                """
                CREATE TABLE ddl (place bigint GENERATED ALWAYS AS IDENTITY, said text);
                CREATE FUNCTION record_ddl() RETURNS event_trigger LANGUAGE plpgsql AS
                    'BEGIN INSERT INTO public.ddl (said) VALUES (current_query()); END';
                CREATE EVENT TRIGGER record_ddl ON ddl_command_end
                    WHEN TAG IN ('ALTER TABLE') EXECUTE FUNCTION record_ddl();
                """);
    }
}
