package dev.understudy.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.replicator.apply.Events;
import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.ChangeKind;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.SchemaFiles;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;

/** Schemas of accounts other than the shipped one; in their parts, single quotes are double. */
final class AccountSchemas {
    private AccountSchemas() {}

    /** The text of the shipped one. */
    static String shipped() throws Exception {
        try (InputStream shipped =
                Objects.requireNonNull(
                        Catalog.class.getResourceAsStream("/contoso/Account.avsc"))) {
            return new String(shipped.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The shipped one with other parts. */
    static EntityType changed(String part, String replacement) throws Exception {
        return EntityType.of(new Schema.Parser().parse(changed(shipped(), part, replacement)));
    }

    static String changed(String schema, String part, String replacement) {
        assertThat(schema).contains(part.replace('\'', '"'));
        return schema.replace(part.replace('\'', '"'), replacement.replace('\'', '"'));
    }

    /** An account of such a schema. */
    static ChangeEvent account(
            EntityType type, int number, long version, String field, Object value) {
        ChangeEvent plain = Events.account(type, number, version, ChangeKind.UPSERTED);
        return new ChangeEvent(
                plain.key(),
                plain.content().with(type.field(field).orElseThrow(), value),
                plain.metadata());
    }

    /** With the schemas of a directory, and shipped ones of types that it does not have. */
    static Catalog catalog(Path files, List<String> entries) {
        return Catalog.of(entries, new SchemaFiles(List.of(files.toString(), "classpath:contoso")));
    }
}
