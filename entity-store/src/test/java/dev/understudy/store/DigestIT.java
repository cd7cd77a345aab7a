package dev.understudy.store;

import static dev.understudy.store.Contoso.account;
import static dev.understudy.store.Contoso.deleted;
import static dev.understudy.store.Contoso.someAccount;
import static dev.understudy.store.Contoso.upserted;
import static dev.understudy.store.Contoso.withParent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.event.ChangeEvent;
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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An owner's store and a replica that events feed: every kind of difference is found and named. */
@Timeout(120)
final class DigestIT {
    private static final String TYPE = "contoso.crm.Account";
    private static final DigestOptions OPTIONS =
            new DigestOptions(100, 1_000, 1_000, 2, Duration.ofMillis(1));

    private final TestDatabase ownerDatabase = TestDatabase.withContoso();
    private final TestDatabase replicaDatabase = TestDatabase.withContoso();
    private final EntityStore owner =
            new PostgresEntityStore(ownerDatabase.dataSource(), Contoso.CATALOG, "us");
    private final EntityStore replica =
            new PostgresEntityStore(replicaDatabase.dataSource(), Contoso.CATALOG, "europe");
    private final List<EntityId> accounts =
            IntStream.range(0, 1_500).mapToObj(_ -> someAccount()).toList();

    @BeforeEach
    void fill() {
        owner.write(transaction -> {
            accounts.forEach(id -> transaction.save(row(account(id, "agreed"), 1)));
            return true;
        });
        replica.apply(accounts.stream().map(id -> upserted(account(id, "agreed"), 1)).toList());
    }

    @AfterEach
    void close() {
        ownerDatabase.close();
        replicaDatabase.close();
    }

    @Test
    void sidesThatAgreeAreSaidTo() {
        DigestReport report = compare();
        assertThat(report.agrees()).isTrue();
        assertThat(report.agreed()).isEqualTo(1_500);
        assertThat(report.compared()).hasSize(12).contains("annualRevenue", "primaryContactId");
        assertThat(report.notCompared()).isEmpty();
    }

    @Test
    void rowThatOnlyTheOwnerHasIsMissing() {
        EntityId id = someAccount();
        save(account(id, "new"), 3);
        assertThat(differences())
                .containsExactly(new Difference.Missing(text(id), RecordState.HYDRATED, 3));
        assertThat(compare().agreed()).isEqualTo(1_500);
    }

    @Test
    void placeholdersThatNobodyOwnsDoNotHideADifference() {
        EntityId id = someAccount();
        save(account(id, "new"), 3);
        replicaDatabase.execute(
                """
                INSERT INTO contoso_crm.account
                    (account_id, _state, _version, _placed_at, _changed_at)
                SELECT gen_random_uuid(), 'p', 0, now(), now() FROM generate_series(1, 20000)
                """);
        assertThat(differences())
                .containsExactly(new Difference.Missing(text(id), RecordState.HYDRATED, 3));
    }

    @Test
    void rowThatOnlyTheReplicaHasIsExtra() {
        EntityId id = someAccount();
        EntityId marker = someAccount();
        replica.apply(List.of(upserted(account(id, "extra"), 2), deleted(marker, 4)));
        assertThat(differences())
                .containsExactlyInAnyOrder(
                        new Difference.Extra(text(id), RecordState.HYDRATED, 2),
                        new Difference.Extra(text(marker), RecordState.DELETED, 4));
    }

    @Test
    void rowThatIsBehindAndRowThatIsAheadHaveAnotherVersion() {
        save(account(accounts.get(7), "agreed"), 5);
        replica.apply(List.of(upserted(account(accounts.get(700), "ahead"), 9)));
        assertThat(differences())
                .containsExactlyInAnyOrder(
                        new Difference.OtherVersion(text(accounts.get(7)), 5, 1),
                        new Difference.OtherVersion(text(accounts.get(700)), 1, 9));
    }

    @Test
    void deletionThatTheReplicaHasNotSeenIsAnotherVersion() {
        delete(accounts.get(3), 2);
        assertThat(differences())
                .containsExactly(new Difference.OtherVersion(text(accounts.get(3)), 2, 1));
        replica.apply(List.of(deleted(accounts.get(3), 2)));
        assertThat(compare().agrees()).isTrue();
        assertThat(compare().agreed()).isEqualTo(1_500);
    }

    @Test
    void contentThatWasChangedByHandIsFound() {
        corrupt(accounts.get(0), "\"annual_revenue\" = \"annual_revenue\" + 0.01");
        corrupt(accounts.get(1), "\"name\" = ''");
        corrupt(accounts.get(2), "\"industry\" = ''");
        corrupt(accounts.get(3), "\"credit_on_hold\" = true");
        corrupt(accounts.get(4), "\"created_on\" = \"created_on\" + interval '1 microsecond'");
        corrupt(accounts.get(5), "\"name\" = \"account_number\", \"account_number\" = \"name\"");
        assertThat(differences())
                .containsExactlyInAnyOrderElementsOf(
                        accounts.subList(0, 6).stream()
                                .<Difference>map(id -> new Difference.OtherContent(text(id), 1))
                                .toList());
    }

    @Test
    void markerThatContentCameBackToIsFound() {
        EntityId id = accounts.getFirst();
        delete(id, 2);
        replica.apply(List.of(deleted(id, 2)));
        corrupt(
                id,
                "\"_state\" = 'h', \"name\" = '', \"account_number\" = '', \"credit_on_hold\" = true, \"created_on\" = now()");
        assertThat(differences()).containsExactly(new Difference.OtherContent(text(id), 2));
    }

    @Test
    void placeholderOfWhatTheOwnerHasIsNamedAndOneOfNothingIsNoDifference() {
        EntityId known = someAccount();
        EntityId orphan = someAccount();
        save(account(known, "known"), 2);
        replica.apply(
                List.of(
                        upserted(withParent(account(accounts.get(0), "a"), known), 2),
                        upserted(withParent(account(accounts.get(1), "a"), orphan), 2)));
        save(withParent(account(accounts.get(0), "a"), known), 2);
        owner.write(transaction -> transaction.place(List.of(orphan)));
        save(withParent(account(accounts.get(1), "a"), orphan), 2);
        assertThat(differences()).containsExactly(new Difference.Placeholder(text(known), 2));
    }

    @Test
    void claimThatWasCededIsNamed() {
        corrupt(accounts.get(9), "\"_ceded\" = 1");
        assertThat(differences())
                .containsExactly(new Difference.Ceded(text(accounts.get(9)), 1, 1));
    }

    @Test
    void whatTheOwnerWroteLaterIsInFlight() {
        Instant completeAsOf = Contoso.TIME.plusSeconds(1_000);
        EntityId missing = someAccount();
        EntityId missed = someAccount();
        saveAt(missing, 1, completeAsOf.plusSeconds(1));
        saveAt(accounts.get(1), 2, completeAsOf.plusSeconds(2));
        saveAt(missed, 1, completeAsOf);
        saveAt(accounts.get(2), 2, completeAsOf.minusSeconds(1));
        corrupt(accounts.get(3), "\"name\" = ''");
        assertThat(comparison(OPTIONS).compare(TYPE, completeAsOf).differences())
                .containsExactlyInAnyOrder(
                        new Difference.InFlight(text(missing), 1, completeAsOf.plusSeconds(1)),
                        new Difference.InFlight(
                                text(accounts.get(1)), 2, completeAsOf.plusSeconds(2)),
                        new Difference.Missing(text(missed), RecordState.HYDRATED, 1),
                        new Difference.OtherVersion(text(accounts.get(2)), 2, 1),
                        new Difference.OtherContent(text(accounts.get(3)), 1));
        assertThat(differences()).noneMatch(Difference.InFlight.class::isInstance);
    }

    @Test
    void emptyReplicaIsAllMissingAndTheReportStopsAtItsLimit() {
        try (TestDatabase empty = TestDatabase.withContoso()) {
            DigestOptions few = new DigestOptions(100, 4, 600, 1, Duration.ZERO);
            DigestReport report =
                    new DigestComparison(side(ownerDatabase), side(empty), few).compare(TYPE);
            assertThat(report.differences()).hasSize(600);
            assertThat(report.complete()).isFalse();
            DigestReport reverse =
                    new DigestComparison(
                                    side(empty),
                                    side(ownerDatabase),
                                    new DigestOptions(100, 1_000, 2_000, 2, Duration.ofMillis(1)))
                            .compare(TYPE);
            assertThat(reverse.differences())
                    .hasSize(1_500)
                    .allMatch(Difference.Extra.class::isInstance);
            assertThat(reverse.complete()).isTrue();
            assertThat(reverse.agreed()).isZero();
        }
    }

    @Test
    void rowsThatBecomeEqualBeforeTheLastLookAreNotReported() {
        EntityId late = someAccount();
        EntityId never = someAccount();
        save(account(late, "late"), 1);
        save(account(never, "never"), 1);
        ArrivesLate replicaSide =
                new ArrivesLate(
                        side(replicaDatabase),
                        () -> replica.apply(List.of(upserted(account(late, "late"), 1))));
        DigestReport report =
                new DigestComparison(side(ownerDatabase), replicaSide, OPTIONS).compare(TYPE);
        assertThat(report.differences())
                .containsExactly(new Difference.Missing(text(never), RecordState.HYDRATED, 1));
        assertThat(report.agreed()).isEqualTo(1_501);
    }

    @Test
    void comparisonBesideWritersReportsNothingThatSettles() throws Exception {
        List<ChangeEvent> changes = new ArrayList<>();
        for (EntityId id : accounts.subList(0, 400)) {
            changes.add(upserted(account(id, "changed"), 2));
        }
        Thread writer =
                Thread.ofVirtual()
                        .start(() -> {
                            for (ChangeEvent change : changes) {
                                save(change.content(), 2);
                                replica.apply(List.of(change));
                            }
                        });
        DigestOptions patient = new DigestOptions(100, 1_000, 2_000, 20, Duration.ofMillis(500));
        assertThat(comparison(patient).compare(TYPE).differences()).isEmpty();
        writer.join();
        assertThat(compare().agrees()).isTrue();
    }

    private DigestReport compare() {
        return comparison(OPTIONS).compare(TYPE);
    }

    private List<Difference> differences() {
        DigestReport report = compare();
        assertThat(report.complete()).isTrue();
        return report.differences();
    }

    private DigestComparison comparison(DigestOptions options) {
        return new DigestComparison(side(ownerDatabase), side(replicaDatabase), options);
    }

    private static DatabaseSide side(TestDatabase database) {
        return new DatabaseSide(database.dataSource(), Contoso.CATALOG, 2);
    }

    private void save(EntityContent content, long version) {
        save(row(content, version));
    }

    private static EntityRow row(EntityContent content, long version) {
        return new EntityRow(content, RecordState.HYDRATED, new Version(version), Contoso.TIME);
    }

    private void saveAt(EntityId id, long version, Instant changedAt) {
        save(
                new EntityRow(
                        account(id, "x"), RecordState.HYDRATED, new Version(version), changedAt));
    }

    private void delete(EntityId id, long version) {
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

    private void corrupt(EntityId id, String assignments) {
        replicaDatabase.execute(
                "UPDATE contoso_crm.account SET %s WHERE account_id = '%s'"
                        .formatted(assignments, text(id)));
    }

    private static String text(EntityId id) {
        return id.key().text();
    }
}
