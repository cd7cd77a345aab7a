package dev.understudy.store;

import static dev.understudy.store.Contoso.account;
import static dev.understudy.store.Contoso.contact;
import static dev.understudy.store.Contoso.someAccount;
import static dev.understudy.store.Contoso.someContact;
import static dev.understudy.store.Contoso.upserted;
import static dev.understudy.store.Contoso.withAccount;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.Version;
import dev.understudy.store.postgres.PostgresEntityStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A constraint of somebody else's that speaks only at the commit. */
@Timeout(60)
final class DeferredConstraintIT {
    private TestDatabase database;
    private EntityStore store;

    @BeforeEach
    void install() {
        database = TestDatabase.withContoso();
        database.execute(
                """
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION 'not yet';
                END
                $$;
                CREATE CONSTRAINT TRIGGER refusal AFTER INSERT ON contoso_crm.account
                DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW WHEN (NEW._state = 'p' OR NEW.name = 'bad') EXECUTE FUNCTION refuse();
                """);
        store = new PostgresEntityStore(database.dataSource(), Contoso.CATALOG, "europe");
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** Whether they are placed with the batch or ahead of it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 20})
    void rowsWhosePlaceholdersAreRefusedAreIsolated(int missing) {
        List<ChangeEvent> batch =
                new ArrayList<>(
                        Stream.generate(() ->
                                        withAccount(contact(someContact(), "c"), someAccount()))
                                .limit(missing)
                                .map(content -> upserted(content, 1))
                                .toList());
        batch.add(upserted(contact(someContact(), "good"), 1));

        List<Outcome> outcomes = store.apply(batch);

        assertThat(outcomes.subList(0, missing))
                .allSatisfy(outcome ->
                        assertThat(outcome)
                                .isInstanceOfSatisfying(
                                        Outcome.Refused.class,
                                        refused ->
                                                assertThat(refused.sqlState()).isEqualTo("P0001")));
        assertThat(outcomes.getLast()).isInstanceOf(Outcome.Applied.class);
        assertThat(database.query("SELECT count(*) FROM contoso_crm.account")).containsExactly("0");
    }

    @Test
    void writeIsToldThatItWasRefused() {
        EntityRow row =
                new EntityRow(
                        account(someAccount(), "bad"),
                        RecordState.HYDRATED,
                        new Version(1),
                        Contoso.TIME);

        assertThatThrownBy(() ->
                        store.write(transaction -> {
                            transaction.save(row);
                            return true;
                        }))
                .isInstanceOfSatisfying(
                        RowRefusedException.class,
                        refused -> assertThat(refused.sqlState()).isEqualTo("P0001"));
    }
}
