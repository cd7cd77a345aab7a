package dev.understudy.store;

import static dev.understudy.store.Contoso.account;
import static dev.understudy.store.Contoso.someAccount;
import static dev.understudy.store.Contoso.upserted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.store.digest.DatabaseSide;
import dev.understudy.store.digest.Difference;
import dev.understudy.store.digest.DigestComparison;
import dev.understudy.store.digest.DigestOptions;
import dev.understudy.store.digest.DigestReport;
import dev.understudy.store.postgres.PostgresEntityStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** An owner's accounts, and a replica of them that events feed; in the beginning they agree. */
final class AccountSides implements AutoCloseable {
    static final String TYPE = "contoso.crm.Account";
    static final DigestOptions OPTIONS =
            new DigestOptions(100, 1_000, 1_000, 2, Duration.ofMillis(1));

    final TestDatabase ownerDatabase = TestDatabase.withContoso();
    final TestDatabase replicaDatabase = TestDatabase.withContoso();
    final EntityStore owner =
            new PostgresEntityStore(ownerDatabase.dataSource(), Contoso.CATALOG, "us");
    final EntityStore replica =
            new PostgresEntityStore(replicaDatabase.dataSource(), Contoso.CATALOG, "europe");
    final List<EntityId> accounts = IntStream.range(0, 1_500).mapToObj(_ -> someAccount()).toList();

    AccountSides() {
        owner.write(transaction -> {
            accounts.forEach(id -> transaction.save(row(account(id, "agreed"), 1)));
            return true;
        });
        replica.apply(accounts.stream().map(id -> upserted(account(id, "agreed"), 1)).toList());
    }

    DigestReport compare() {
        return comparison(OPTIONS).compare(TYPE);
    }

    List<Difference> differences() {
        DigestReport report = compare();
        assertThat(report.complete()).isTrue();
        return report.differences();
    }

    DigestComparison comparison(DigestOptions options) {
        return new DigestComparison(side(ownerDatabase), side(replicaDatabase), options);
    }

    static DatabaseSide side(TestDatabase database) {
        return new DatabaseSide(database.dataSource(), Contoso.CATALOG, 2);
    }

    void save(EntityContent content, long version) {
        save(row(content, version));
    }

    private static EntityRow row(EntityContent content, long version) {
        return new EntityRow(content, RecordState.HYDRATED, new Version(version), Contoso.TIME);
    }

    void saveAt(EntityId id, long version, Instant changedAt) {
        save(
                new EntityRow(
                        account(id, "x"), RecordState.HYDRATED, new Version(version), changedAt));
    }

    void delete(EntityId id, long version) {
        save(
                new EntityRow(
                        account(id, ""), RecordState.DELETED, new Version(version), Contoso.TIME));
    }

    private void save(EntityRow row) {
        owner.write(transaction -> {
            transaction.save(row);
            return true;
        });
    }

    void corrupt(EntityId id, String assignments) {
        replicaDatabase.execute(
                "UPDATE contoso_crm.account SET %s WHERE account_id = '%s'"
                        .formatted(assignments, text(id)));
    }

    static String text(EntityId id) {
        return id.key().text();
    }

    @Override
    public void close() {
        ownerDatabase.close();
        replicaDatabase.close();
    }
}
