package dev.understudy.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.replicator.apply.Events;
import dev.understudy.replicator.letters.DeadLetters;
import dev.understudy.replicator.letters.Letter;
import dev.understudy.replicator.letters.Selection;
import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.ChangeKind;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.SchemaFiles;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Schemas and configuration that change while events flow; the process stays. */
@Timeout(240)
class CatalogChangesIT {
    private static final String SUBSET =
            "us.contoso.crm.Account(accountNumber, name, creditOnHold, createdOn, employees)";

    private final Rig rig = Rig.withItsOwnRegistry();

    CatalogChangesIT() throws Exception {}

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aNewerSchemaMigratesTheTableAndNothingThatItAddsIsLost() throws Exception {
        EntityType newer =
                account(
                        "\"fields\": [",
                        "\"fields\": [{\"name\": \"rating\", \"type\": [\"null\", \"string\"], \"default\": null},");
        try (Replications replications = rig.replications(() -> Events.CATALOG)) {
            rig.publishNow(rig.encode(Events.account(1, 1)));
            Rig.eventually("the first", () -> rig.hydrated("account") == 1);

            rig.publishNow(rig.encode(Events.contact(2, 1, 1)));
            rig.publishNow(rig.encode(with(newer, 1, 2, "rating", "AAA")));
            rig.publishNow(rig.encode(with(newer, 3, 1, "rating", "B")));
            rig.publishNow(rig.encode(Events.account(4, 1)));

            Rig.eventually("all", () -> rig.hydrated("account") == 3);
            assertThat(
                            text(
                                    "SELECT string_agg(rating, ',' ORDER BY account_id) FROM contoso_crm.account"))
                    .isEqualTo("AAA,B");
            assertThat(rig.hydrated("contact")).isEqualTo(1);
            Rig.eventually("commits", rig::committedToTheEnd);
            assertThat(replications.current().deadLetters().open()).isZero();
        }
    }

    @Test
    void eventsOfAnIncompatibleSchemaAreParkedAndRedrivenOnceTheSchemaIsThere(@TempDir Path files)
            throws Exception {
        Path file = files.resolve("Account.avsc");
        Files.writeString(file, shipped());
        EntityType wider = account("\"null\", \"int\"", "\"null\", \"long\"");
        try (Replications replications =
                rig.replications(() -> catalog(files, SUBSET, "us.contoso.crm.Contact"))) {
            rig.publishNow(rig.encode(Events.account(1, 1)));
            Rig.eventually("the first", () -> rig.hydrated("account") == 1);
            rig.publishNow(rig.encode(with(wider, 2, 1, "employees", 5_000_000_000L)));
            rig.publishNow(rig.encode(Events.contact(3, 2, 1)));
            rig.publishNow(rig.encode(Events.account(4, 1)));

            Rig.eventually("others", () -> rig.hydrated("account") == 2);
            Rig.eventually("other types", () -> rig.hydrated("contact") == 1);
            Rig.eventually("a letter", () -> replications.current().deadLetters().open() == 1);
            DeadLetters letters = replications.current().deadLetters();
            Letter parked =
                    letters.whole(letters.ids(Selection.ALL, Optional.empty(), 1)).getFirst();
            assertThat(parked.reason()).isEqualTo("schema");
            assertThat(parked.message()).contains("contoso.crm.Account");

            Files.writeString(file, wider.schema().toString());

            Rig.eventually("a redrive", () -> rig.hydrated("account") == 3);
            Rig.eventually("no letter", () -> replications.current().deadLetters().open() == 0);
            assertThat(text("SELECT max(employees)::text FROM contoso_crm.account"))
                    .isEqualTo("5000000000");
        }
    }

    @Test
    void aTypeIsAddedAndRemovedWhileTheProcessRuns(@TempDir Path files) throws Exception {
        AtomicReference<List<String>> entries = new AtomicReference<>(List.of(SUBSET));
        try (Replications replications =
                rig.replications(() -> catalog(files, entries.get().toArray(String[]::new)))) {
            rig.publishNow(rig.encode(Events.contact(2, 1, 1)));
            rig.publishNow(rig.encode(Events.account(1, 1)));
            Rig.eventually("accounts", () -> rig.hydrated("account") == 1);

            entries.set(List.of(SUBSET, "us.contoso.crm.Contact"));
            Rig.eventually("contacts", () -> replications.catalog().entries().size() == 2);
            Rig.eventually("a contact", () -> rig.hydrated("contact") == 1);
            assertThat(rig.meters.find("understudy.complete.as.of.age").gauges()).hasSize(2);

            // Nobody waits for a type whose owner has not begun.
            entries.set(List.of(SUBSET, "us.contoso.crm.Contact", "us.contoso.crm.Ticket"));
            rig.publishNow(rig.encode(Events.account(5, 1)));
            Rig.eventually("accounts do not wait", () -> rig.hydrated("account") == 2);
            entries.set(List.of(SUBSET));
            Rig.eventually("no contacts", () -> replications.catalog().entries().size() == 1);
            rig.publishNow(rig.encode(Events.account(3, 1)));
            Rig.eventually("accounts go on", () -> rig.hydrated("account") == 3);
            assertThat(rig.meters.find("understudy.complete.as.of.age").gauges()).hasSize(1);

            // What cannot be used is not.
            entries.set(List.of("us.contoso.crm.Contact"));
            rig.publishNow(rig.encode(Events.account(4, 1)));
            Rig.eventually("accounts still go on", () -> rig.hydrated("account") == 4);
            assertThat(rig.failedStarts).isEmpty();
        }
    }

    private static Catalog catalog(Path files, String... entries) {
        return Catalog.of(
                List.of(entries), new SchemaFiles(List.of(files.toString(), "classpath:contoso")));
    }

    /** An account of another schema. */
    private static ChangeEvent with(
            EntityType type, int number, long version, String field, Object value) {
        ChangeEvent plain = Events.account(type, number, version, ChangeKind.UPSERTED);
        return new ChangeEvent(
                plain.key(),
                plain.content().with(type.field(field).orElseThrow(), value),
                plain.metadata());
    }

    private static EntityType account(String part, String replacement) throws Exception {
        String schema = shipped();
        assertThat(schema).contains(part);
        return EntityType.of(new Schema.Parser().parse(schema.replace(part, replacement)));
    }

    private static String shipped() throws Exception {
        try (InputStream shipped =
                Objects.requireNonNull(
                        Catalog.class.getResourceAsStream("/contoso/Account.avsc"))) {
            return new String(shipped.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String text(String query) throws SQLException {
        try (Connection connection = rig.database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
