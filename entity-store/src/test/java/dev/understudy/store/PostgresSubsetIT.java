package dev.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.model.EntityKey;
import dev.understudy.store.install.StoreSchema;
import dev.understudy.store.subset.SubsetStore;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract of subsets on PostgreSQL. */
@Timeout(60)
final class PostgresSubsetIT implements SubsetContract {
    private static TestDatabase database;

    @BeforeAll
    static void install() {
        database = new TestDatabase();
        StoreSchema.install(database.dataSource(), CATALOG);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Override
    public EntityStore store() {
        return SubsetStore.over(database.dataSource(), CATALOG, "europe");
    }

    /** The check is somebody else's, who wants to keep this row. */
    @Test
    void withdrawalThatTheDatabaseRefusesHoldsBackNobodyElse() {
        List<EntityKey> keys = Stream.generate(SubsetContract::someKey).limit(5).toList();
        keys.forEach(key -> store().apply(List.of(SubsetContract.account(key, "DE", 1))));
        EntityKey kept = keys.get(2);
        database.execute(
                """
                ALTER TABLE contoso_crm.account ADD CONSTRAINT keep
                CHECK (_state <> 'p' OR account_id <> '%s')
                """
                        .formatted(kept.text()));

        List<Outcome> outcomes =
                store().apply(
                                keys.stream()
                                        .map(key -> SubsetContract.account(key, "US", 2))
                                        .toList());

        database.execute("ALTER TABLE contoso_crm.account DROP CONSTRAINT keep");
        assertThat(outcomes.get(2))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.sqlState()).isEqualTo("23514"));
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.equals(new Outcome.Outside()))
                .hasSize(4);
        assertThat(store().read(new EntityId(ACCOUNT, kept)).orElseThrow().state())
                .isEqualTo(RecordState.HYDRATED);
    }

    @Test
    void tableHasNoOtherColumns() {
        assertThat(
                        database.query(
                                """
                                SELECT attname FROM pg_attribute
                                WHERE attrelid = 'contoso_crm.account'::regclass AND attnum > 0
                                    AND attname NOT LIKE '\\_%' ORDER BY attnum
                                """))
                .containsExactly("account_id", "name", "country");
    }
}
