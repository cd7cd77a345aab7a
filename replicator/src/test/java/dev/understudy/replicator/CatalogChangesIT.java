package dev.understudy.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.replicator.apply.Events;
import dev.understudy.schemas.model.EntityType;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Schemas and configuration that change while events flow; the process stays. */
@Timeout(240)
class CatalogChangesIT {
    private static final String SUBSET =
            "us.contoso.crm.Account(accountNumber, name, creditOnHold, createdOn, employees)";

    private final Rig rig = new Rig();

    CatalogChangesIT() throws Exception {}

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aNewerSchemaMigratesTheTableAndNothingThatItAddsIsLost() throws Exception {
        EntityType newer =
                AccountSchemas.changed(
                        "'fields': [",
                        "'fields': [{'name': 'rating', 'type': ['null', 'string'], 'default': null},");
        try (Replications replications = rig.replications(() -> Events.CATALOG)) {
            rig.owner.publish(Events.account(1, 1));
            Rig.eventually("the first", () -> rig.replica.hydrated("account") == 1);

            rig.owner.publish(Events.contact(2, 1, 1));
            rig.owner.publish(AccountSchemas.account(newer, 1, 2, "rating", "AAA"));
            rig.owner.publish(AccountSchemas.account(newer, 3, 1, "rating", "B"));
            rig.owner.publish(Events.account(4, 1));

            Rig.eventually("all", () -> rig.replica.hydrated("account") == 3);
            assertThat(
                            rig.replica.text(
                                    "SELECT string_agg(rating, ',' ORDER BY account_id) FROM contoso_crm.account"))
                    .isEqualTo("AAA,B");
            assertThat(rig.replica.hydrated("contact")).isEqualTo(1);
            Rig.eventually("commits", rig::committedToTheEnd);
            assertThat(replications.current().deadLetters().open()).isZero();
        }
    }

    @Test
    void aTypeIsAddedAndRemovedWhileTheProcessRuns(@TempDir Path files) throws Exception {
        AtomicReference<List<String>> entries = new AtomicReference<>(List.of(SUBSET));
        try (Replications replications =
                rig.replications(() -> AccountSchemas.catalog(files, entries.get()))) {
            rig.owner.publish(Events.contact(2, 1, 1));
            rig.owner.publish(Events.account(1, 1));
            Rig.eventually("accounts", () -> rig.replica.hydrated("account") == 1);

            entries.set(List.of(SUBSET, "us.contoso.crm.Contact"));
            Rig.eventually("contacts", () -> replications.catalog().entries().size() == 2);
            Rig.eventually("a contact", () -> rig.replica.hydrated("contact") == 1);
            assertThat(rig.meters.find("understudy.complete.as.of.age").gauges()).hasSize(2);

            // Nobody waits for a type whose owner has not begun.
            entries.set(List.of(SUBSET, "us.contoso.crm.Contact", "us.contoso.crm.Ticket"));
            rig.owner.publish(Events.account(5, 1));
            Rig.eventually("accounts do not wait", () -> rig.replica.hydrated("account") == 2);
            entries.set(List.of(SUBSET));
            Rig.eventually("no contacts", () -> replications.catalog().entries().size() == 1);
            rig.owner.publish(Events.account(3, 1));
            Rig.eventually("accounts go on", () -> rig.replica.hydrated("account") == 3);
            assertThat(rig.meters.find("understudy.complete.as.of.age").gauges()).hasSize(1);

            // What cannot be used is not.
            entries.set(List.of("us.contoso.crm.Contact"));
            rig.owner.publish(Events.account(4, 1));
            Rig.eventually("accounts still go on", () -> rig.replica.hydrated("account") == 4);
            assertThat(rig.failedStarts).isEmpty();
        }
    }
}
