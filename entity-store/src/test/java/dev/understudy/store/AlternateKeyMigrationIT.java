package dev.understudy.store;

import static dev.understudy.store.Shop.FIRST;
import static dev.understudy.store.Shop.upserted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.schemas.model.ModelException;
import dev.understudy.store.install.StoreSchema;
import dev.understudy.store.postgres.PostgresEntityStore;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An alternate key that comes to a table with rows. */
@Timeout(60)
final class AlternateKeyMigrationIT {
    private static final String INDEX =
            "SELECT indexrelid::regclass || ' ' || indisunique || indisvalid FROM pg_index"
                    + " WHERE indexrelid = to_regclass('shop.item_ak0')";

    private final TestDatabase database = new TestDatabase();
    private final Shop before = Shop.of(FIRST);
    private final Shop after = Shop.of("\"entity.alternateKeys\": [[\"name\"]],", FIRST);

    @BeforeEach
    void install() {
        StoreSchema.install(database.dataSource(), before.catalog());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void ownedRowsThatShareItAreARefusalThatNamesTheirValues() {
        database.execute(
                """
                INSERT INTO shop.item (id, name, count, kind, _state, _version, _changed_at)
                SELECT n, 'twice', 1, 'A', 'h', 1, now() FROM unnest(ARRAY['a', 'b']) n
                """);

        assertThatThrownBy(() -> StoreSchema.install(database.dataSource(), after.catalog()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("several rows have (twice)");
        assertThat(database.query(INDEX)).isEmpty();
        StoreSchema.install(database.dataSource(), before.catalog());
    }

    @Test
    void ofReplicasThatShareItTheHighestPositionKeepsIt() {
        EntityStore store =
                new PostgresEntityStore(database.dataSource(), before.catalog(), "europe");
        store.apply(List.of(upserted(before.item("a", "shared"), 7)));
        store.apply(List.of(upserted(before.item("b", "shared"), 3)));

        StoreSchema.install(database.dataSource(), after.catalog());

        assertThat(database.query("SELECT id || _ceded FROM shop.item ORDER BY id"))
                .containsExactly("a0", "b1");
        assertThat(database.query(INDEX)).containsExactly("shop.item_ak0 truetrue");
    }

    @Test
    void higherEpochKeepsItWhateverTheLsn() {
        database.execute(
                """
                INSERT INTO shop.item
                    (id, name, count, kind, _state, _version, _changed_at, _epoch, _lsn)
                VALUES ('a', 'shared', 1, 'A', 'h', 1, now(), 1, 99),
                    ('b', 'shared', 1, 'A', 'h', 1, now(), 2, 1)
                """);

        StoreSchema.install(database.dataSource(), after.catalog());

        assertThat(database.query("SELECT id || _ceded FROM shop.item ORDER BY id"))
                .containsExactly("a1", "b0");
    }

    @Test
    void moreThanABatchOfThemCede() {
        database.execute(
                """
                INSERT INTO shop.item
                    (id, name, count, kind, _state, _version, _changed_at, _epoch, _lsn)
                SELECT n::text, 'shared', 1, 'A', 'h', 1, now(), 1, n FROM generate_series(1, 20003) n
                """);

        StoreSchema.install(database.dataSource(), after.catalog());

        assertThat(database.query("SELECT id FROM shop.item WHERE _ceded = 0"))
                .containsExactly("20003");
    }

    @Test
    void indexThatACrashLeftInvalidIsBuiltAgain() {
        StoreSchema.install(database.dataSource(), after.catalog());
        database.execute(
                """
                UPDATE pg_index SET indisvalid = false
                WHERE indexrelid = 'shop.item_ak0'::regclass
                """);

        StoreSchema.install(database.dataSource(), after.catalog());

        assertThat(database.query(INDEX)).containsExactly("shop.item_ak0 truetrue");
    }
}
