package dev.understudy.replicator;

import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.service.StartCode;
import dev.understudy.service.StartException;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/**
 * Whether the catalog's schemas can read what the owners write. If not, each event would become a
 * dead letter.
 */
final class OwnersSchemas {
    private static final int NOT_FOUND = 404;

    private OwnersSchemas() {}

    /**
     * Asks the registry for the latest schema of each replicated type; an owner may not have
     * registered it yet.
     *
     * @throws StartException if one cannot be read
     * @throws IOException if the registry is away
     */
    static void requireReadable(ReplicationSettings settings) throws Exception {
        try (SchemaRegistryClient registry =
                SchemaRegistryClientFactory.newClient(
                        List.of(settings.registry().url()),
                        1,
                        List.of(),
                        settings.serializers(),
                        Map.of())) {
            for (CatalogEntry entry : settings.catalog().notOwnedBy(settings.target())) {
                requireReadable(registry, entry.topic() + "-value", entry.type().schema());
            }
        }
    }

    private static void requireReadable(
            SchemaRegistryClient registry, String subject, Schema reader)
            throws IOException, RestClientException {
        String latest;
        try {
            latest = registry.getLatestSchemaMetadata(subject).getSchema();
        } catch (RestClientException e) {
            if (e.getStatus() == NOT_FOUND) {
                return;
            }
            throw e;
        }
        List<Incompatibility> why =
                SchemaCompatibility.checkReaderWriterCompatibility(
                                reader, new Schema.Parser().parse(latest))
                        .getResult()
                        .getIncompatibilities();
        if (!why.isEmpty()) {
            throw new StartException(
                    StartCode.INCOMPATIBLE_SCHEMA,
                    "the schema of %s cannot read what its owner writes by the latest schema of %s: %s"
                            .formatted(reader.getFullName(), subject, described(why)));
        }
    }

    private static String described(List<Incompatibility> why) {
        return why.stream()
                .map(each -> "%s at %s".formatted(each.getMessage(), each.getLocation()))
                .collect(Collectors.joining("; "));
    }
}
