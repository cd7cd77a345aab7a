package dev.understudy.replicator.schema;

import dev.understudy.replicator.apply.WriterSchemas;
import dev.understudy.schemas.event.RegistryUnavailableException;
import dev.understudy.schemas.event.WireFormat;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.ModelException;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Asks the registry, once for each ID, what a type's events were written with. A schema that adds
 * to the catalog's is wanted before its events are read, or what it adds would be lost. Of a subset
 * only the fields that it keeps count. Thread-safe.
 */
public final class RegistrySchemas implements WriterSchemas, AutoCloseable {
    private static final int CACHED = 1000;

    /** Of the registry's own error codes, 40401 to 40499. */
    private static final int NOT_FOUND = 404;

    private final SchemaRegistryClient registry;
    private final Followed followed;
    private final Map<String, Map<Integer, Verdict>> verdicts = new ConcurrentHashMap<>();

    /**
     * @param settings configuration of Confluent's client
     */
    public RegistrySchemas(String url, Map<String, ?> settings, Followed followed) {
        this.registry =
                SchemaRegistryClientFactory.newClient(
                        List.of(url), CACHED, List.of(), settings, Map.of());
        this.followed = followed;
    }

    @Override
    public Verdict check(CatalogEntry entry, byte @Nullable [] value) {
        if (value == null || !WireFormat.isSpoken(value)) {
            return new Verdict.Fits();
        }
        int id = WireFormat.schemaId(value);
        Map<Integer, Verdict> known =
                verdicts.computeIfAbsent(entry.topic(), _ -> new ConcurrentHashMap<>());
        Verdict verdict = known.get(id);
        if (verdict == null || verdict instanceof Verdict.Newer) {
            verdict = verdict(entry, id);
            known.put(id, verdict);
        }
        return verdict;
    }

    private Verdict verdict(CatalogEntry entry, int id) {
        Optional<EntityType> written =
                written(id)
                        .filter(type -> type.fullName().equals(entry.type().fullName()))
                        .filter(type -> Followed.isNewer(entry, type));
        if (written.isEmpty()) {
            return new Verdict.Fits();
        }
        Optional<String> refusal = followed.refusal(entry.topic(), written.get().schema());
        if (refusal.isPresent()) {
            return new Verdict.Refused(refusal.get());
        }
        followed.want(entry, written.get());
        return new Verdict.Newer(
                "%s: events are written with the newer schema %d, which its table is to follow"
                        .formatted(entry.type(), id));
    }

    /** The type of the schema with this ID; nothing if there is none, or it is no entity's. */
    private Optional<EntityType> written(int id) {
        try {
            return registry.getSchemaById(id).rawSchema() instanceof Schema schema
                    ? Optional.of(EntityType.of(schema))
                    : Optional.empty();
        } catch (ModelException _) {
            return Optional.empty();
        } catch (RestClientException e) {
            if (e.getErrorCode() / 100 == NOT_FOUND) {
                return Optional.empty();
            }
            throw new RegistryUnavailableException("the registry answers " + e.getStatus(), e);
        } catch (IOException | RuntimeException e) {
            // What the client says of a schema that is not Avro's; the decoder will say so too.
            if (String.valueOf(e.getMessage()).contains("Invalid schema")) {
                return Optional.empty();
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
