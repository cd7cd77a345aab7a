package dev.understudy.instance.write;

import static dev.understudy.instance.Contoso.ACCOUNT;
import static dev.understudy.instance.Contoso.CATALOG;
import static dev.understudy.instance.Contoso.CONTACT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.instance.Contoso;
import dev.understudy.instance.MemoryStore;
import dev.understudy.instance.RecordedPublication;
import dev.understudy.instance.write.Refusal.Reason;
import dev.understudy.schemas.model.OnMissing;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.RecordState;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class WritePipelineTest {
    private static final Precondition NONE = new Precondition.None();
    private static final EntityId CONTACT_9 = Contoso.id(CONTACT, 9);

    private final MemoryStore store = new MemoryStore();
    private final RecordedPublication publication = new RecordedPublication();
    private final List<String> trace = new ArrayList<>();

    @Test
    void stagesRunAroundTheSave() {
        WritePipeline pipeline =
                pipeline(
                        OnMissing.PLACEHOLDER,
                        new Traced.After("post", 0, trace),
                        new Traced.Before("second", 5, trace),
                        new Traced.Before("first", -5, trace),
                        new Traced.Check("pre", 0, trace));

        pipeline.write(Tickets.create(Tickets.complete()));

        assertThat(trace).containsExactly("pre", "first", "second", "post at 1");
    }

    @Test
    void aRefusalAfterTheSaveLeavesNothing() {
        WriteStep.PostOperation refusing =
                _ -> Optional.of(new Refusal(Reason.REFUSED, "not on Sundays"));

        assertThat(refusal(pipeline(OnMissing.PLACEHOLDER, refusing), complete()))
                .isEqualTo(Reason.REFUSED);
        assertThat(store.read(Tickets.ID)).isEmpty();
        assertThat(store.read(Tickets.ACCOUNT_1)).isEmpty();
    }

    @Test
    void missingReferencesGetPlaceholdersInOneSortedCall() {
        List<GivenField> given = Tickets.complete();
        given.add(Tickets.given("contactId", CONTACT_9.key().value()));

        pipeline(OnMissing.PLACEHOLDER).write(Tickets.create(given));

        assertThat(store.placements()).containsExactly(List.of(Tickets.ACCOUNT_1, CONTACT_9));
        assertThat(store.read(CONTACT_9).map(EntityRow::state)).contains(RecordState.PLACEHOLDER);
    }

    @Test
    void thePolicyRejectNamesFieldTypeAndKey() {
        WriteResult result = pipeline(OnMissing.REJECT).write(complete());

        assertThat(result)
                .isEqualTo(
                        new WriteResult.Refused(
                                new Refusal(
                                        Reason.MISSING_REFERENCE,
                                        "accountId refers to contoso.crm.Account with the key"
                                                + " '00000000-0000-0000-0000-000000000001', which"
                                                + " is not there")));
        assertThat(store.placements()).isEmpty();
    }

    @Test
    void thePolicyRejectWantsMoreThanAPlaceholder() {
        store.put(Tickets.bare(Tickets.ACCOUNT_1, RecordState.PLACEHOLDER, 0));

        assertThat(refusal(pipeline(OnMissing.REJECT), complete()))
                .isEqualTo(Reason.MISSING_REFERENCE);
    }

    @Test
    void thePolicyRejectTakesWhatHasArrived() {
        store.put(Tickets.bare(Tickets.ACCOUNT_1, RecordState.HYDRATED, 3));

        assertThat(pipeline(OnMissing.REJECT).write(complete()))
                .isInstanceOf(WriteResult.Created.class);
    }

    @Test
    void aNewReferenceToADeletedEntityIsRefused() {
        store.put(Tickets.bare(Tickets.ACCOUNT_1, RecordState.DELETED, 3));

        assertThat(refusal(pipeline(OnMissing.PLACEHOLDER), complete()))
                .isEqualTo(Reason.DELETED_REFERENCE);
    }

    @Test
    void anOldReferenceToADeletedEntityStays() {
        store.put(Tickets.hydrated(1));
        store.put(Tickets.bare(Tickets.ACCOUNT_1, RecordState.DELETED, 3));

        assertThat(
                        pipeline(OnMissing.REJECT)
                                .write(Tickets.upsert(NONE, Tickets.given("status", "CLOSED"))))
                .isInstanceOf(WriteResult.Updated.class);
    }

    @Test
    void anEntityMayReferToItself() {
        EntityId account = Contoso.id(ACCOUNT, 1);
        List<GivenField> given =
                List.of(
                        account("accountNumber", "A-1"),
                        account("name", "Contoso"),
                        account("parentAccountId", account.key().value()),
                        account("createdOn", Tickets.NOW));

        WriteResult result =
                pipeline("us", OnMissing.REJECT)
                        .write(new WriteRequest.Create(account, given, Optional.empty()));

        assertThat(result).isInstanceOf(WriteResult.Created.class);
        assertThat(store.placements()).isEmpty();
    }

    @Test
    void aReplicaIsNotWritten() {
        WriteRequest request = new WriteRequest.Delete(Tickets.ACCOUNT_1, NONE, Optional.empty());

        assertThat(pipeline(OnMissing.PLACEHOLDER).write(request))
                .isInstanceOfSatisfying(
                        WriteResult.Refused.class,
                        refused -> {
                            assertThat(refused.refusal().reason())
                                    .isEqualTo(Reason.OWNED_ELSEWHERE);
                            assertThat(refused.refusal().message()).contains("'us'");
                        });
    }

    @Test
    void aDeletionIsPublishedWithTheLastContent() {
        store.put(Tickets.hydrated(1));

        pipeline(OnMissing.PLACEHOLDER).write(Tickets.delete(NONE));

        assertThat(publication.published())
                .containsExactly(
                        new RecordedPublication.Published(
                                Tickets.bare(Tickets.ID, RecordState.DELETED, 2),
                                Tickets.hydrated(1).content(),
                                Optional.empty()));
    }

    @Test
    void theTraceContextGoesOnToThePublication() {
        Optional<String> traceparent = Optional.of("00-1-2-01");

        pipeline(OnMissing.PLACEHOLDER)
                .write(new WriteRequest.Create(Tickets.ID, Tickets.complete(), traceparent));

        assertThat(publication.published().getFirst().traceparent()).isEqualTo(traceparent);
    }

    @Test
    void theTimeOfAChangeIsToTheMicrosecond() {
        Clock clock = Clock.fixed(Tickets.NOW.plusNanos(1_234), ZoneOffset.UTC);

        WriteResult result = pipeline("europe", OnMissing.PLACEHOLDER, clock).write(complete());

        assertThat(((WriteResult.Created) result).row().changedAt())
                .isEqualTo(Tickets.NOW.plusNanos(1_000));
    }

    private static GivenField account(String name, Object value) {
        return new GivenField(Contoso.field(ACCOUNT, name), value);
    }

    private static WriteRequest complete() {
        return Tickets.create(Tickets.complete());
    }

    private static Reason refusal(WritePipeline pipeline, WriteRequest request) {
        return ((WriteResult.Refused) pipeline.write(request)).refusal().reason();
    }

    private WritePipeline pipeline(OnMissing policy, WriteStep... more) {
        return pipeline("europe", policy, more);
    }

    private WritePipeline pipeline(String instance, OnMissing policy, WriteStep... more) {
        return pipeline(instance, policy, Clock.fixed(Tickets.NOW, ZoneOffset.UTC), more);
    }

    private WritePipeline pipeline(
            String instance, OnMissing policy, Clock clock, WriteStep... more) {
        var configuration = Contoso.instance(instance, policy);
        List<WriteStep> steps = new ArrayList<>(List.of(more));
        steps.add(new PlaceholderStep(CATALOG, configuration));
        return new WritePipeline(
                new Ownership(CATALOG, configuration),
                new Steps(
                        of(WriteStep.PreValidation.class, steps),
                        of(WriteStep.PreOperation.class, steps),
                        of(WriteStep.PostOperation.class, steps),
                        of(WriteStep.Deferred.class, steps)),
                store,
                publication,
                clock);
    }

    private static <S extends WriteStep> List<S> of(Class<S> stage, List<WriteStep> steps) {
        return steps.stream().filter(stage::isInstance).map(stage::cast).toList();
    }
}
