package dev.understudy.schemas.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTest {
    private static final SchemaFiles CONTOSO = new SchemaFiles(List.of("classpath:contoso"));
    private static final List<String> ALL =
            List.of(
                    "us.contoso.crm.Account",
                    "us.contoso.crm.Contact",
                    "europe.contoso.crm.Ticket");

    private final Catalog catalog = Catalog.of(ALL, CONTOSO);

    @Test
    void theNotationIsTheTopic() {
        assertThat(catalog.entries())
                .extracting(CatalogEntry::topic)
                .containsExactlyElementsOf(ALL);
        assertThat(catalog.byTopic("us.contoso.crm.Contact").orElseThrow().type().name())
                .isEqualTo("Contact");
    }

    @Test
    void ownersSeparateTheOwnedFromTheReplicated() {
        assertThat(catalog.ownedBy("europe"))
                .extracting(CatalogEntry::topic)
                .containsExactly("europe.contoso.crm.Ticket");
        assertThat(catalog.notOwnedBy("europe")).hasSize(2);
    }

    @Test
    void aReferenceLeadsToItsType() {
        EntityType ticket = catalog.byEntitySet("tickets").orElseThrow().type();

        assertThat(catalog.target(ticket.field("accountId").orElseThrow()).name())
                .isEqualTo("Account");
    }

    @Test
    void aReferenceOutsideTheCatalogIsRefusedByName() {
        assertThatThrownBy(() -> Catalog.of(List.of("us.contoso.crm.Account"), CONTOSO))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(
                        "contoso.crm.Account.primaryContactId refers to contoso.crm.Contact");
    }

    @Test
    void aTypeWithTwoOwnersIsRefused() {
        assertThatThrownBy(() ->
                        Catalog.of(
                                List.of("us.contoso.crm.Ticket", "europe.contoso.crm.Ticket"),
                                CONTOSO))
                .hasMessageContaining(
                        "in the catalog twice: us.contoso.crm.Ticket, europe.contoso.crm.Ticket");
    }

    @Test
    void anEntryWithoutOwnerOrSchemaIsRefused() {
        assertThatThrownBy(() -> Catalog.of(List.of("Account"), CONTOSO))
                .hasMessageContaining("'Account'");
        assertThatThrownBy(() -> Catalog.of(List.of("us.contoso.crm.Nothing"), CONTOSO))
                .hasMessageContaining("no schema of contoso.crm.Nothing in [classpath:contoso]");
        assertThatThrownBy(() -> Catalog.of(List.of("US.contoso.crm.Ticket"), CONTOSO))
                .hasMessageContaining("'US' cannot be an instance's name");
    }

    @Test
    void schemasAreFoundInDirectoriesAndAreNamedWhenBroken(@TempDir Path directory)
            throws IOException {
        Files.writeString(
                directory.resolve("any-name.avsc"),
                """
                {"type": "record", "name": "Fleet", "namespace": "test", "entity.key": "id",
                 "fields": [{"name": "id", "type": "long"}]}\
                """);
        assertThat(new SchemaFiles(List.of(directory.toString())).schema("test.Fleet").getName())
                .isEqualTo("Fleet");

        Files.writeString(directory.resolve("broken.avsc"), "{");
        assertThatThrownBy(() -> new SchemaFiles(List.of(directory.toString())))
                .hasMessageContaining("broken.avsc is not an Avro schema");
        assertThatThrownBy(() -> new SchemaFiles(List.of("/no/such/place")))
                .hasMessageContaining("'/no/such/place' does not exist");
    }

    @Test
    void referencesToATypeThatIsToComeArePlainFields() {
        Catalog early =
                Catalog.of(
                        List.of(
                                "us.contoso.crm.Account",
                                "?contoso.crm.Contact",
                                "europe.contoso.crm.Ticket"),
                        CONTOSO);

        EntityType ticket = early.entry("contoso.crm.Ticket").type();
        assertThat(ticket.references()).extracting(EntityField::name).containsExactly("accountId");
        assertThat(ticket.field("contactId").orElseThrow().reference()).isEmpty();
        assertThat(ticket).isEqualTo(catalog.entry("contoso.crm.Ticket").type());
    }

    @Test
    void typeIsEitherThereOrToCome() {
        assertThatThrownBy(() ->
                        Catalog.of(
                                List.of("us.contoso.crm.Account", "?contoso.crm.Account"), CONTOSO))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("take ?contoso.crm.Account out");
    }
}
