package dev.understudy.instance.write;

import static dev.understudy.instance.Contoso.ACCOUNT;
import static dev.understudy.instance.Contoso.CATALOG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.instance.Contoso;
import dev.understudy.instance.MemoryStore;
import dev.understudy.instance.RecordedPublication;
import dev.understudy.schemas.model.OnMissing;
import dev.understudy.store.EntityId;
import dev.understudy.store.RecordState;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What comes of writes in their order, however they are done. */
final class BatchWritesTest {
    private static final EntityId FIRST = Contoso.id(ACCOUNT, 1);
    private static final EntityId SECOND = Contoso.id(ACCOUNT, 2);
    private static final EntityId MISSING = Contoso.id(ACCOUNT, 8);
    private static final EntityId MISSING_TOO = Contoso.id(ACCOUNT, 9);

    private final MemoryStore store = new MemoryStore();

    @Test
    void placeholdersOfWritesThatStandAloneAreMadeInOneGo() {
        BatchResult result =
                writes(OnMissing.PLACEHOLDER)
                        .inOrder(List.of(account(FIRST, MISSING), account(SECOND, MISSING_TOO)));

        assertThat(result).isInstanceOf(BatchResult.Committed.class);
        assertThat(store.placements()).containsExactly(List.of(MISSING, MISSING_TOO));
    }

    @Test
    void whatRefersToAnEntityThatIsDeletedBeforeIsRefused() {
        store.put(Tickets.bare(FIRST, RecordState.HYDRATED, 1));

        assertThat(
                        writes(OnMissing.PLACEHOLDER)
                                .inOrder(List.of(deletion(FIRST), account(SECOND, FIRST))))
                .isInstanceOfSatisfying(
                        BatchResult.Refused.class,
                        refused -> {
                            assertThat(refused.index()).isEqualTo(1);
                            assertThat(refused.refusal().reason())
                                    .isEqualTo(Refusal.Reason.DELETED_REFERENCE);
                        });
        assertThat(store.read(FIRST).orElseThrow().state()).isEqualTo(RecordState.HYDRATED);
        assertThat(store.read(SECOND)).isEmpty();
    }

    @Test
    void anEntityThatIsDeletedAfterwardsMayBeReferredTo() {
        store.put(Tickets.bare(FIRST, RecordState.HYDRATED, 1));

        assertThat(
                        writes(OnMissing.PLACEHOLDER)
                                .inOrder(List.of(account(SECOND, FIRST), deletion(FIRST))))
                .isInstanceOf(BatchResult.Committed.class);
    }

    @Test
    void whatIsMadeTogetherIsThereForThePolicyReject() {
        BatchWrites writes = writes(OnMissing.REJECT);

        assertThat(writes.inOrder(List.of(account(FIRST, SECOND), account(SECOND))))
                .isInstanceOf(BatchResult.Committed.class);
        assertThat(writes.inOrder(List.of(account(FIRST), account(SECOND, MISSING))))
                .isInstanceOfSatisfying(
                        BatchResult.Refused.class,
                        refused -> assertThat(refused.index()).isEqualTo(1));
    }

    private BatchWrites writes(OnMissing onMissing) {
        var configuration = Contoso.instance("us", onMissing);
        Steps steps =
                new Steps(
                        List.of(),
                        List.of(new PlaceholderStep(CATALOG, configuration)),
                        List.of(),
                        List.of());
        WritePipeline pipeline =
                new WritePipeline(
                        new Ownership(CATALOG, configuration),
                        steps,
                        store,
                        new RecordedPublication(),
                        Clock.fixed(Tickets.NOW, ZoneOffset.UTC));
        return new BatchWrites(pipeline, store);
    }

    private static WriteRequest account(EntityId id, EntityId... parent) {
        List<GivenField> given = new ArrayList<>();
        given.add(given("accountNumber", "A-" + id.key().text()));
        given.add(given("name", "Contoso"));
        given.add(given("creditOnHold", false));
        given.add(given("createdOn", Tickets.NOW));
        for (EntityId one : parent) {
            given.add(given("parentAccountId", one.key().value()));
        }
        return new WriteRequest.Upsert(id, given, new Precondition.None(), Optional.empty());
    }

    private static WriteRequest deletion(EntityId id) {
        return new WriteRequest.Delete(id, new Precondition.None(), Optional.empty());
    }

    private static GivenField given(String field, Object value) {
        return new GivenField(Contoso.field(ACCOUNT, field), value);
    }
}
