package dev.understudy.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.replicator.apply.Events;
import dev.understudy.replicator.letters.DeadLetters;
import dev.understudy.replicator.letters.Letter;
import dev.understudy.replicator.letters.Selection;
import dev.understudy.schemas.model.EntityType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A list of fields, and schemas of its type that it follows or cannot. */
@Timeout(240)
class ParkedIT {
    private static final List<String> CATALOG =
            List.of(
                    "us.contoso.crm.Account(accountNumber, name, createdOn, employees)",
                    "us.contoso.crm.Contact");
    private static final String COLUMNS =
            """
            SELECT string_agg(column_name, ',' ORDER BY column_name)
            FROM information_schema.columns
            WHERE table_name = 'account' AND column_name NOT LIKE '\\_%'
            """;

    @Test
    void aListFollowsItsFieldsAndEventsThatItCannotReadAreParkedUntilItCan(@TempDir Path files)
            throws Exception {
        Path file = files.resolve("Account.avsc");
        Files.writeString(file, AccountSchemas.shipped());
        EntityType wider = AccountSchemas.changed("'null', 'int'", "'null', 'long'");
        EntityType renamed = AccountSchemas.changed("'name': 'createdOn'", "'name': 'foundedOn'");
        try (Rig rig = new Rig();
                Replications replications =
                        rig.replications(() -> AccountSchemas.catalog(files, CATALOG))) {
            rig.owner.publish(Events.account(1, 1));
            Rig.eventually("the first", () -> rig.replica.hydrated("account") == 1);

            rig.owner.publish(AccountSchemas.account(wider, 2, 1, "employees", 5_000_000_000L));
            Rig.eventually("a wider field", () -> rig.replica.hydrated("account") == 2);
            assertThat(rig.replica.text("SELECT max(employees)::text FROM contoso_crm.account"))
                    .isEqualTo("5000000000");
            assertThat(rig.replica.text(COLUMNS))
                    .isEqualTo("account_id,account_number,created_on,employees,name");

            rig.owner.publish(AccountSchemas.account(renamed, 3, 1, "foundedOn", Instant.EPOCH));
            rig.owner.publish(Events.contact(4, 2, 1));
            rig.owner.publish(Events.account(5, 1));
            Rig.eventually("others", () -> rig.replica.hydrated("account") == 3);
            Rig.eventually("other types", () -> rig.replica.hydrated("contact") == 1);
            Rig.eventually("a letter", () -> replications.current().deadLetters().open() == 1);
            DeadLetters letters = replications.current().deadLetters();
            Letter parked =
                    letters.whole(letters.ids(Selection.ALL, Optional.empty(), 1)).getFirst();
            assertThat(parked.reason()).isEqualTo("schema");
            assertThat(parked.message()).contains("contoso.crm.Account");

            Files.writeString(file, withDefault(wider));

            Rig.eventually("a redrive", () -> rig.replica.hydrated("account") == 4);
            Rig.eventually("no letter", () -> replications.current().deadLetters().open() == 0);
        }
    }

    /** So that events without the field can be read. */
    private static String withDefault(EntityType type) {
        return AccountSchemas.changed(
                type.schema().toString(), "'name':'createdOn',", "'name':'createdOn','default':0,");
    }
}
