package dev.understudy.store;

import static dev.understudy.store.Contoso.account;
import static dev.understudy.store.Contoso.deleted;
import static dev.understudy.store.Contoso.someAccount;
import static dev.understudy.store.Contoso.upserted;
import static dev.understudy.store.Contoso.withParent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.store.digest.Difference;
import dev.understudy.store.digest.DigestComparison;
import dev.understudy.store.digest.DigestOptions;
import dev.understudy.store.digest.DigestReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An owner's store and a replica that events feed: every kind of difference is found and named. */
@Timeout(120)
final class DigestIT {
    private final AccountSides sides = new AccountSides();

    @AfterEach
    void close() {
        sides.close();
    }

    @Test
    void sidesThatAgreeAreSaidTo() {
        DigestReport report = sides.compare();
        assertThat(report.agrees()).isTrue();
        assertThat(report.agreed()).isEqualTo(1_500);
        assertThat(report.compared()).hasSize(12).contains("annualRevenue", "primaryContactId");
        assertThat(report.notCompared()).isEmpty();
    }

    @Test
    void rowThatOnlyTheOwnerHasIsMissing() {
        EntityId id = someAccount();
        sides.save(account(id, "new"), 3);
        assertThat(sides.differences())
                .containsExactly(
                        new Difference.Missing(AccountSides.text(id), RecordState.HYDRATED, 3));
        assertThat(sides.compare().agreed()).isEqualTo(1_500);
    }

    @Test
    void placeholdersThatNobodyOwnsDoNotHideADifference() {
        EntityId id = someAccount();
        sides.save(account(id, "new"), 3);
        sides.replicaDatabase.execute(
                """
                INSERT INTO contoso_crm.account
                    (account_id, _state, _version, _placed_at, _changed_at)
                SELECT gen_random_uuid(), 'p', 0, now(), now() FROM generate_series(1, 20000)
                """);
        assertThat(sides.differences())
                .containsExactly(
                        new Difference.Missing(AccountSides.text(id), RecordState.HYDRATED, 3));
    }

    @Test
    void rowThatOnlyTheReplicaHasIsExtra() {
        EntityId id = someAccount();
        EntityId marker = someAccount();
        sides.replica.apply(List.of(upserted(account(id, "extra"), 2), deleted(marker, 4)));
        assertThat(sides.differences())
                .containsExactlyInAnyOrder(
                        new Difference.Extra(AccountSides.text(id), RecordState.HYDRATED, 2),
                        new Difference.Extra(AccountSides.text(marker), RecordState.DELETED, 4));
    }

    @Test
    void rowThatIsBehindAndRowThatIsAheadHaveAnotherVersion() {
        sides.save(account(sides.accounts.get(7), "agreed"), 5);
        sides.replica.apply(List.of(upserted(account(sides.accounts.get(700), "ahead"), 9)));
        assertThat(sides.differences())
                .containsExactlyInAnyOrder(
                        new Difference.OtherVersion(AccountSides.text(sides.accounts.get(7)), 5, 1),
                        new Difference.OtherVersion(
                                AccountSides.text(sides.accounts.get(700)), 1, 9));
    }

    @Test
    void deletionThatTheReplicaHasNotSeenIsAnotherVersion() {
        sides.delete(sides.accounts.get(3), 2);
        assertThat(sides.differences())
                .containsExactly(
                        new Difference.OtherVersion(
                                AccountSides.text(sides.accounts.get(3)), 2, 1));
        sides.replica.apply(List.of(deleted(sides.accounts.get(3), 2)));
        assertThat(sides.compare().agrees()).isTrue();
        assertThat(sides.compare().agreed()).isEqualTo(1_500);
    }

    @Test
    void contentThatWasChangedByHandIsFound() {
        sides.corrupt(sides.accounts.get(0), "\"annual_revenue\" = \"annual_revenue\" + 0.01");
        sides.corrupt(sides.accounts.get(1), "\"name\" = ''");
        sides.corrupt(sides.accounts.get(2), "\"industry\" = ''");
        sides.corrupt(sides.accounts.get(3), "\"credit_on_hold\" = true");
        sides.corrupt(
                sides.accounts.get(4),
                "\"created_on\" = \"created_on\" + interval '1 microsecond'");
        sides.corrupt(
                sides.accounts.get(5),
                "\"name\" = \"account_number\", \"account_number\" = \"name\"");
        assertThat(sides.differences())
                .containsExactlyInAnyOrderElementsOf(
                        sides.accounts.subList(0, 6).stream()
                                .<Difference>map(
                                        id -> new Difference.OtherContent(AccountSides.text(id), 1))
                                .toList());
    }

    @Test
    void markerThatContentCameBackToIsFound() {
        EntityId id = sides.accounts.getFirst();
        sides.delete(id, 2);
        sides.replica.apply(List.of(deleted(id, 2)));
        sides.corrupt(
                id,
                "\"_state\" = 'h', \"name\" = '', \"account_number\" = '', \"credit_on_hold\" = true, \"created_on\" = now()");
        assertThat(sides.differences())
                .containsExactly(new Difference.OtherContent(AccountSides.text(id), 2));
    }

    @Test
    void placeholderOfWhatTheOwnerHasIsNamedAndOneOfNothingIsNoDifference() {
        EntityId known = someAccount();
        EntityId orphan = someAccount();
        sides.save(account(known, "known"), 2);
        sides.replica.apply(
                List.of(
                        upserted(withParent(account(sides.accounts.get(0), "a"), known), 2),
                        upserted(withParent(account(sides.accounts.get(1), "a"), orphan), 2)));
        sides.save(withParent(account(sides.accounts.get(0), "a"), known), 2);
        sides.owner.write(transaction -> transaction.place(List.of(orphan)));
        sides.save(withParent(account(sides.accounts.get(1), "a"), orphan), 2);
        assertThat(sides.differences())
                .containsExactly(new Difference.Placeholder(AccountSides.text(known), 2));
    }

    @Test
    void claimThatWasCededIsNamed() {
        sides.corrupt(sides.accounts.get(9), "\"_ceded\" = 1");
        assertThat(sides.differences())
                .containsExactly(
                        new Difference.Ceded(AccountSides.text(sides.accounts.get(9)), 1, 1));
    }

    @Test
    void whatTheOwnerWroteLaterIsInFlight() {
        Instant completeAsOf = Contoso.TIME.plusSeconds(1_000);
        EntityId missing = someAccount();
        EntityId missed = someAccount();
        sides.saveAt(missing, 1, completeAsOf.plusSeconds(1));
        sides.saveAt(sides.accounts.get(1), 2, completeAsOf.plusSeconds(2));
        sides.saveAt(missed, 1, completeAsOf);
        sides.saveAt(sides.accounts.get(2), 2, completeAsOf.minusSeconds(1));
        sides.corrupt(sides.accounts.get(3), "\"name\" = ''");
        assertThat(
                        sides.comparison(AccountSides.OPTIONS)
                                .compare(AccountSides.TYPE, completeAsOf)
                                .differences())
                .containsExactlyInAnyOrder(
                        new Difference.InFlight(
                                AccountSides.text(missing), 1, completeAsOf.plusSeconds(1)),
                        new Difference.InFlight(
                                AccountSides.text(sides.accounts.get(1)),
                                2,
                                completeAsOf.plusSeconds(2)),
                        new Difference.Missing(AccountSides.text(missed), RecordState.HYDRATED, 1),
                        new Difference.OtherVersion(AccountSides.text(sides.accounts.get(2)), 2, 1),
                        new Difference.OtherContent(AccountSides.text(sides.accounts.get(3)), 1));
        assertThat(sides.differences()).noneMatch(Difference.InFlight.class::isInstance);
    }

    @Test
    void emptyReplicaIsAllMissingAndTheReportStopsAtItsLimit() {
        try (TestDatabase empty = TestDatabase.withContoso()) {
            DigestOptions few = new DigestOptions(100, 4, 600, 1, Duration.ZERO);
            DigestReport report =
                    new DigestComparison(
                                    AccountSides.side(sides.ownerDatabase),
                                    AccountSides.side(empty),
                                    few)
                            .compare(AccountSides.TYPE);
            assertThat(report.differences()).hasSize(600);
            assertThat(report.complete()).isFalse();
            DigestReport reverse =
                    new DigestComparison(
                                    AccountSides.side(empty),
                                    AccountSides.side(sides.ownerDatabase),
                                    new DigestOptions(100, 1_000, 2_000, 2, Duration.ofMillis(1)))
                            .compare(AccountSides.TYPE);
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
        sides.save(account(late, "late"), 1);
        sides.save(account(never, "never"), 1);
        ArrivesLate replicaSide =
                new ArrivesLate(
                        AccountSides.side(sides.replicaDatabase),
                        () -> sides.replica.apply(List.of(upserted(account(late, "late"), 1))));
        DigestReport report =
                new DigestComparison(
                                AccountSides.side(sides.ownerDatabase),
                                replicaSide,
                                AccountSides.OPTIONS)
                        .compare(AccountSides.TYPE);
        assertThat(report.differences())
                .containsExactly(
                        new Difference.Missing(AccountSides.text(never), RecordState.HYDRATED, 1));
        assertThat(report.agreed()).isEqualTo(1_501);
    }

    @Test
    void comparisonBesideWritersReportsNothingThatSettles() throws Exception {
        List<ChangeEvent> changes = new ArrayList<>();
        for (EntityId id : sides.accounts.subList(0, 400)) {
            changes.add(upserted(account(id, "changed"), 2));
        }
        Thread writer =
                Thread.ofVirtual()
                        .start(() -> {
                            for (ChangeEvent change : changes) {
                                sides.save(change.content(), 2);
                                sides.replica.apply(List.of(change));
                            }
                        });
        DigestOptions patient = new DigestOptions(100, 1_000, 2_000, 20, Duration.ofMillis(500));
        assertThat(sides.comparison(patient).compare(AccountSides.TYPE).differences()).isEmpty();
        writer.join();
        assertThat(sides.compare().agrees()).isTrue();
    }
}
