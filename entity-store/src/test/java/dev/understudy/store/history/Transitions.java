package dev.understudy.store.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.TestDatabase;
import java.util.stream.Collectors;

/**
 * Watches every change of every row from inside the database, and keeps what no row may ever do: go
 * back to a lower version, become a placeholder again, come back from the dead without a higher
 * version, say something else at the same version, or vanish.
 */
final class Transitions {
    /**
     * Also counts who cedes. Of a replica only its references may move at one version; of an owned
     * row nothing.
     */
    private static final String WATCH =
            """
            CREATE SCHEMA IF NOT EXISTS watch;
            CREATE TABLE IF NOT EXISTS watch.violation (what text NOT NULL);
            CREATE TABLE IF NOT EXISTS watch.ceded (what regclass NOT NULL);
            CREATE OR REPLACE FUNCTION watch.check_row() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE
                wrong text;
                may_move text[] := TG_ARGV[1]::text[] || '{_ceded,_alias_of}';
            BEGIN
                IF TG_OP <> 'DELETE' AND NEW._ceded <> 0 THEN
                    INSERT INTO watch.ceded VALUES (TG_RELID);
                END IF;
                IF TG_OP = 'INSERT' THEN
                    RETURN NULL;
                ELSIF TG_OP = 'DELETE' THEN
                    wrong := 'vanished';
                ELSIF to_jsonb(OLD) -> TG_ARGV[0] <> to_jsonb(NEW) -> TG_ARGV[0] THEN
                    wrong := 'other key';
                ELSIF NEW._version < OLD._version THEN
                    wrong := 'went back';
                ELSIF OLD._state IN ('h', 'd') AND NEW._state NOT IN ('h', 'd') THEN
                    wrong := 'a placeholder or alias over an entity';
                ELSIF OLD._state = 'a' AND NEW._state <> 'a' THEN
                    wrong := 'no alias any more';
                ELSIF OLD._state IN ('h', 'd') AND NEW._version = OLD._version
                        AND to_jsonb(OLD) - may_move <> to_jsonb(NEW) - may_move THEN
                    wrong := 'changed at one version';
                END IF;
                IF wrong IS NOT NULL THEN
                    INSERT INTO watch.violation VALUES (
                        concat_ws(' ', TG_RELID::regclass, wrong, 'from', OLD, 'to', NEW));
                END IF;
                RETURN NULL;
            END
            $$;
            """;

    private static final String ATTACH =
            """
            CREATE TRIGGER watched AFTER INSERT OR UPDATE OR DELETE ON %s
            FOR EACH ROW EXECUTE FUNCTION watch.check_row('%s', '{%s}')
            """;

    private final TestDatabase database;

    private Transitions(TestDatabase database) {
        this.database = database;
    }

    static Transitions watch(TestDatabase database, Catalog catalog, String instance) {
        database.execute(WATCH);
        for (CatalogEntry entry : catalog.entries()) {
            EntityType type = entry.type();
            String mayMove =
                    entry.owner().equals(instance)
                            ? ""
                            : type.references().stream()
                                    .map(field -> Invariants.column(type, field))
                                    .collect(Collectors.joining(","));
            database.execute(
                    ATTACH.formatted(
                            Invariants.table(type),
                            Invariants.column(type, type.key()).replace("\"", ""),
                            mayMove));
        }
        return new Transitions(database);
    }

    /** How often a row has let another one have its alternate key, in all domains. */
    int ceded() {
        return Integer.parseInt(database.query("SELECT count(*) FROM watch.ceded").getFirst());
    }

    void check() {
        assertThat(database.query("SELECT what FROM watch.violation")).isEmpty();
    }
}
