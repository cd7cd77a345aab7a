package dev.understudy.instance.write;

import static dev.understudy.instance.Contoso.TICKET;
import static dev.understudy.instance.Contoso.field;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.instance.Contoso;
import dev.understudy.instance.write.Refusal.Reason;
import dev.understudy.schemas.event.Version;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.RecordState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class WriteRulesTest {
    private static final Precondition NONE = new Precondition.None();
    private static final Precondition MUST_EXIST = new Precondition.MustExist();
    private static final Precondition MUST_NOT_EXIST = new Precondition.MustNotExist();

    @Test
    void theFirstVersionIsOne() {
        Decision decision = decide(Optional.empty(), Tickets.create(Tickets.complete()));

        assertThat(decision).isEqualTo(new Decision.Insert(Tickets.hydrated(1)));
    }

    @Test
    void aPlaceholderBecomesTheEntityAtVersionOne() {
        EntityRow placeholder = Tickets.bare(Tickets.ID, RecordState.PLACEHOLDER, 0);

        assertThat(decide(Optional.of(placeholder), Tickets.create(Tickets.complete())))
                .isEqualTo(new Decision.Insert(Tickets.hydrated(1)));
    }

    @Test
    void aDeletedEntityComesBackAboveItsLastVersion() {
        EntityRow marker = Tickets.bare(Tickets.ID, RecordState.DELETED, 7);

        assertThat(decide(Optional.of(marker), Tickets.create(Tickets.complete())))
                .isEqualTo(new Decision.Insert(Tickets.hydrated(8)));
    }

    @Test
    void aDeletedEntityComesBackUnderItsOwnKeyIfAnAliasIsWritten() {
        EntityRow marker = Tickets.bare(Contoso.id(TICKET, 2), RecordState.DELETED, 7);
        WriteRequest request = Tickets.upsert(NONE, Tickets.complete().toArray(GivenField[]::new));

        assertThat(decide(Optional.of(marker), request))
                .isInstanceOfSatisfying(
                        Decision.Insert.class,
                        insert -> assertThat(insert.after().id()).isEqualTo(marker.id()));
    }

    @Test
    void whatMayHaveBeenPurgedComesBackAboveTheFloor() {
        Version floor = new Version(7);
        WriteRequest create = Tickets.create(Tickets.complete());
        EntityRow placeholder = Tickets.bare(Tickets.ID, RecordState.PLACEHOLDER, 0);
        EntityRow marker = Tickets.bare(Tickets.ID, RecordState.DELETED, 3);

        assertThat(WriteRules.decide(Optional.empty(), floor, create, Tickets.NOW))
                .isEqualTo(new Decision.Insert(Tickets.hydrated(8)));
        assertThat(WriteRules.decide(Optional.of(placeholder), floor, create, Tickets.NOW))
                .isEqualTo(new Decision.Insert(Tickets.hydrated(8)));
        assertThat(WriteRules.decide(Optional.of(marker), floor, create, Tickets.NOW))
                .isEqualTo(new Decision.Insert(Tickets.hydrated(4)));
    }

    @Test
    void anEntityIsNotCreatedTwice() {
        assertThat(refusal(Optional.of(Tickets.hydrated(1)), Tickets.create(Tickets.complete())))
                .isEqualTo(Reason.ALREADY_EXISTS);
    }

    @Test
    void anUpdateKeepsWhatIsNotGiven() {
        Decision decision =
                decide(
                        Optional.of(Tickets.hydrated(4)),
                        Tickets.upsert(NONE, Tickets.given("status", "CLOSED")));

        EntityRow expected = Tickets.hydrated(5);
        assertThat(decision)
                .isEqualTo(
                        new Decision.Update(
                                new EntityRow(
                                        expected.content().with(field(TICKET, "status"), "CLOSED"),
                                        RecordState.HYDRATED,
                                        new Version(5),
                                        Tickets.NOW)));
    }

    @Test
    void anIdenticalUpdateIsAVersionToo() {
        assertThat(decide(Optional.of(Tickets.hydrated(4)), Tickets.upsert(NONE)))
                .isEqualTo(new Decision.Update(Tickets.hydrated(5)));
    }

    @Test
    void aNewEntityHasTheSchemasDefaults() {
        EntityId account = Contoso.id(Contoso.ACCOUNT, 1);

        assertThat(Contents.defaults(account).value(field(Contoso.ACCOUNT, "creditOnHold")))
                .isEqualTo(false);
    }

    @Test
    void aNewEntityWithoutARequiredFieldIsRefusedByItsName() {
        List<GivenField> given = Tickets.complete();
        given.removeIf(one -> one.field().name().equals("title"));

        assertThat(decide(Optional.empty(), Tickets.create(given)))
                .isEqualTo(
                        new Decision.Refuse(
                                new Refusal(
                                        Reason.MISSING_FIELD,
                                        "contoso.crm.Ticket requires title")));
    }

    @Test
    void aRequiredFieldIsNotTakenAway() {
        assertThat(
                        refusal(
                                Optional.of(Tickets.hydrated(1)),
                                Tickets.upsert(NONE, Tickets.given("accountId", null))))
                .isEqualTo(Reason.MISSING_FIELD);
    }

    @Test
    void aDeletionKeepsTheKeyAndPublishesTheLastContent() {
        EntityRow last = Tickets.hydrated(3);

        assertThat(decide(Optional.of(last), Tickets.delete(NONE)))
                .isEqualTo(
                        new Decision.Delete(
                                Tickets.bare(Tickets.ID, RecordState.DELETED, 4), last.content()));
    }

    @ParameterizedTest
    @EnumSource(
            value = RecordState.class,
            names = {"PLACEHOLDER", "DELETED"})
    void whatIsNoEntityIsNotDeleted(RecordState state) {
        EntityRow row = Tickets.bare(Tickets.ID, state, 0);

        assertThat(refusal(Optional.of(row), Tickets.delete(NONE))).isEqualTo(Reason.NOT_FOUND);
        assertThat(refusal(Optional.of(row), Tickets.upsert(MUST_EXIST)))
                .isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void anEntityThatMustNotExistIsNotChanged() {
        assertThat(refusal(Optional.of(Tickets.hydrated(1)), Tickets.upsert(MUST_NOT_EXIST)))
                .isEqualTo(Reason.PRECONDITION_FAILED);
    }

    @Test
    void aPlaceholderDoesNotCountAsExisting() {
        EntityRow placeholder = Tickets.bare(Tickets.ID, RecordState.PLACEHOLDER, 0);
        WriteRequest request =
                Tickets.upsert(MUST_NOT_EXIST, Tickets.complete().toArray(GivenField[]::new));

        assertThat(decide(Optional.of(placeholder), request)).isInstanceOf(Decision.Insert.class);
    }

    @ParameterizedTest
    @CsvSource({"4, true", "3, false", "5, false"})
    void onlyTheVersionThatWasReadIsChanged(long read, boolean accepted) {
        Precondition precondition = new Precondition.VersionIn(Set.of(new Version(read)));

        assertThat(decide(Optional.of(Tickets.hydrated(4)), Tickets.upsert(precondition)))
                .isInstanceOf(accepted ? Decision.Update.class : Decision.Refuse.class);
    }

    @Test
    void aVersionOfNothingIsNotFound() {
        Precondition precondition = new Precondition.VersionIn(Set.of(new Version(4)));

        assertThat(refusal(Optional.empty(), Tickets.upsert(precondition)))
                .isEqualTo(Reason.NOT_FOUND);
    }

    private static Decision decide(Optional<EntityRow> current, WriteRequest request) {
        return WriteRules.decide(current, Version.NONE, request, Tickets.NOW);
    }

    private static Reason refusal(Optional<EntityRow> current, WriteRequest request) {
        return ((Decision.Refuse) decide(current, request)).refusal().reason();
    }
}
