package dev.understudy.store;

import static dev.understudy.store.Contoso.account;
import static dev.understudy.store.Contoso.someAccount;
import static dev.understudy.store.Contoso.upserted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.sandbox.Database;
import dev.understudy.sandbox.PostgresServer;
import dev.understudy.schemas.UnderstudyException.Severity;
import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.store.install.StoreSchema;
import dev.understudy.store.postgres.PostgresEntityStore;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** An outage is never taken for a bad row, and passes. */
@Timeout(60)
final class OutageIT {
    private final TestDatabase database = TestDatabase.withContoso();
    private final EntityStore store =
            new PostgresEntityStore(
                    database.dataSource(),
                    Contoso.CATALOG,
                    "europe",
                    StoreOptions.trying(
                            3, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(50)));

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"53100", "53200", "57014", "57P01", "25006", "58030", "XX000", "40001"})
    void failureOfTheServerAtOneRowFailsTheBatchAndCanBeRetried(String sqlState) {
        database.execute(
                """
                CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'out of order' USING ERRCODE = '%s'; END $$
                """
                        .formatted(sqlState));
        database.execute(
                """
                CREATE TRIGGER fail BEFORE INSERT ON contoso_crm.account FOR EACH ROW
                WHEN (NEW.name = 'unlucky') EXECUTE FUNCTION fail()
                """);
        EntityId id = someAccount();
        List<ChangeEvent> batch =
                List.of(
                        upserted(account(someAccount(), "lucky"), 1),
                        upserted(account(id, "unlucky"), 1));
        assertRetryable(batch);

        database.execute("DROP TRIGGER fail ON contoso_crm.account");
        assertThat(store.apply(batch)).hasOnlyElementsOfType(Outcome.Applied.class);
    }

    @Test
    void triggerThatRefusesARowRefusesOnlyThatRow() {
        database.execute(
                """
                CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'not with us'; END $$
                """);
        database.execute(
                """
                CREATE TRIGGER fail BEFORE INSERT ON contoso_crm.account FOR EACH ROW
                WHEN (NEW.name = 'unlucky') EXECUTE FUNCTION fail()
                """);
        assertThat(
                        store.apply(
                                List.of(
                                        upserted(account(someAccount(), "unlucky"), 1),
                                        upserted(account(someAccount(), "lucky"), 1))))
                .containsExactly(
                        new Outcome.Refused("P0001", "not with us"), new Outcome.Applied());
    }

    @Test
    void lockThatStaysTakenIsRetryableAndKeepsEarlierFailures() {
        EntityId id = someAccount();
        store.apply(List.of(upserted(account(id, "x"), 1)));
        store.write(transaction -> {
            transaction.lock(id);
            assertThatThrownBy(() -> store.apply(List.of(upserted(account(id, "y"), 2))))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("lost 3 races")
                    .cause()
                    .satisfies(last -> assertThat(last.getSuppressed()).hasSize(2));
            return true;
        });
        assertThat(store.apply(List.of(upserted(account(id, "y"), 2))))
                .containsExactly(new Outcome.Applied());
    }

    @Test
    void missingTableIsFatal() {
        database.execute("DROP TABLE contoso_crm.ticket");
        assertThatThrownBy(() -> store.read(Contoso.someTicket()))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        e -> assertThat(e.severity()).isEqualTo(Severity.FATAL));
    }

    @Test
    void poolWithoutConnectionIsRetryableWhateverItsSqlState() {
        PGSimpleDataSource exhausted =
                new PGSimpleDataSource() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public java.sql.Connection getConnection()
                            throws SQLTransientConnectionException {
                        throw new SQLTransientConnectionException("request timed out", "22000");
                    }
                };
        EntityStore without = new PostgresEntityStore(exhausted, Contoso.CATALOG, "europe");
        assertThatThrownBy(() -> without.apply(List.of(upserted(account(someAccount(), "x"), 1))))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        e -> assertThat(e.severity()).isEqualTo(Severity.RETRYABLE));
    }

    @Test
    void storeWorksAgainWhenItsServerIsBack() {
        try (PostgresServer server = PostgresServer.open()) {
            Database own = server.createDatabase("own");
            PGSimpleDataSource dataSource = new PGSimpleDataSource();
            dataSource.setUrl(own.jdbcUrl());
            dataSource.setUser(own.user());
            dataSource.setPassword(own.password());
            StoreSchema.install(dataSource, Contoso.CATALOG);
            EntityStore ownStore = new PostgresEntityStore(dataSource, Contoso.CATALOG, "europe");
            List<ChangeEvent> batch = List.of(upserted(account(someAccount(), "x"), 1));

            server.stop();
            assertThatThrownBy(() -> ownStore.apply(batch))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            e -> assertThat(e.severity()).isEqualTo(Severity.RETRYABLE));
            server.start();
            assertThat(ownStore.apply(batch)).containsExactly(new Outcome.Applied());
        }
    }

    private void assertRetryable(List<ChangeEvent> batch) {
        assertThatThrownBy(() -> store.apply(batch))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        e -> assertThat(e.severity()).isEqualTo(Severity.RETRYABLE));
        assertThat(database.query("SELECT count(*) FROM contoso_crm.account")).containsExactly("0");
    }
}
