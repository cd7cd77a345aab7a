package dev.understudy.schemas.event;

import dev.understudy.schemas.codec.ContentReader;
import dev.understudy.schemas.model.CatalogEntry;
import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Readers of what was written with the registry's schemas, by their IDs. One per thread. */
final class WrittenSchemas implements AutoCloseable {
    /** Of the registry's own error codes, 40401 to 40499; a proxy's bare 404 has none of them. */
    private static final int NOT_FOUND = 404;

    private static final int CACHED = 1000;

    /** Confluent's own are a minute each, in which a consumer leaves its group. */
    private static final Map<String, Integer> TIMEOUTS =
            Map.of("http.connect.timeout.ms", 3000, "http.read.timeout.ms", 5000);

    private final SchemaRegistryClient registry;
    private final Map<String, Map<Integer, ContentReader>> readers = new HashMap<>();

    /**
     * @param configuration of Confluent's client, with {@code schema.registry.url}
     */
    WrittenSchemas(Map<String, ?> configuration) {
        Map<String, Object> bounded = new HashMap<>(TIMEOUTS);
        bounded.putAll(configuration);
        List<String> urls =
                Arrays.asList(String.valueOf(bounded.get("schema.registry.url")).split(",", -1));
        registry =
                SchemaRegistryClientFactory.newClient(urls, CACHED, List.of(), bounded, Map.of());
    }

    /**
     * Reads values of a schema as content of the entry's type.
     *
     * @throws UnknownSchemaException if the registry does not know it as an Avro schema
     * @throws RegistryUnavailableException if it cannot be fetched now
     */
    ContentReader reader(CatalogEntry entry, int id) throws IOException {
        Map<Integer, ContentReader> ofTopic =
                readers.computeIfAbsent(entry.topic(), _ -> new HashMap<>());
        ContentReader reader = ofTopic.get(id);
        if (reader == null || !reader.type().equals(entry.type())) {
            reader = new ContentReader(written(id), entry.type());
            ofTopic.put(id, reader);
        }
        return reader;
    }

    private Schema written(int id) {
        if (fetched(id).rawSchema() instanceof Schema schema) {
            return schema;
        }
        throw new UnknownSchemaException("schema " + id + " is not Avro's", null);
    }

    private ParsedSchema fetched(int id) {
        try {
            return registry.getSchemaById(id);
        } catch (RestClientException e) {
            // A 404 without the code is not the registry's own, but of what is in front of it.
            if (e.getErrorCode() / 100 == NOT_FOUND) {
                throw new UnknownSchemaException(String.valueOf(e.getMessage()), e);
            }
            throw new RegistryUnavailableException("the registry answers " + e.getStatus(), e);
        } catch (IOException | RuntimeException e) {
            // What the client says of a schema that it has been given and cannot parse.
            if (String.valueOf(e.getMessage()).contains("Invalid schema")) {
                throw new UnknownSchemaException("schema " + id + ": " + e.getMessage(), e);
            }
            throw new RegistryUnavailableException("the registry does not answer", e);
        }
    }

    @Override
    public void close() {
        try {
            registry.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
