package dev.understudy.replicator.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.SchemaFiles;
import dev.understudy.store.EntityId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RedriveTest {
    private static final CatalogEntry PART =
            Catalog.of(
                            List.of(
                                    "us.contoso.crm.Account where country = 'DE'",
                                    "us.contoso.crm.Contact"),
                            new SchemaFiles(List.of("classpath:contoso")))
                    .entry("contoso.crm.Account");

    private final Bench bench = new Bench();
    private final Redrive redrive = new Redrive(Events.mockRegistry(), bench.services, 100);

    @AfterEach
    void close() {
        redrive.close();
        bench.close();
    }

    @Test
    void recordIsAppliedAsIfItCameAgain() {
        assertThat(redriven(Events.ACCOUNTS, 1)).isEqualTo(new Redrive.Result.Done("applied"));
        assertThat(redriven(Events.ACCOUNTS, 1)).isEqualTo(new Redrive.Result.Done("stale"));
        assertThat(bench.receipts()).hasSize(2);
    }

    @Test
    void ofAPartOfATypeNothingIsAppliedThatNoRowGuards() {
        assertThat(redriven(PART, 1)).isInstanceOf(Redrive.Result.Rejected.class);
        assertThat(bench.store.versions).isEmpty();
        assertThat(bench.receipts()).isEmpty();
    }

    @Test
    void ofAPartOfATypeARowOfAnOlderVersionIsEnough() {
        EntityId id = new EntityId(PART.type(), Events.key(1));
        bench.store.versions.put(id, new Version(1));

        assertThat(redriven(PART, 2)).isEqualTo(new Redrive.Result.Done("applied"));
        assertThat(bench.store.versions).containsEntry(id, new Version(2));
    }

    private Redrive.Result redriven(CatalogEntry entry, long version) {
        return redrive.apply(
                        List.of(
                                new Redrive.Origin(
                                        entry,
                                        Events.record(
                                                bench.encoder, Events.account(1, version), 0, 7))))
                .getFirst();
    }
}
