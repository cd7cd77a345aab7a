package dev.understudy.replicator;

import dev.understudy.replicator.configuration.ReplicatorConfiguration;
import dev.understudy.replicator.configuration.TopicsConfiguration;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.service.KafkaConfiguration;
import dev.understudy.service.RegistryConfiguration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a replication is configured with.
 *
 * @param target the instance whose replicas it keeps
 * @param catalog its types; those that the target does not own are replicated
 */
record ReplicationSettings(
        String target,
        Catalog catalog,
        KafkaConfiguration kafka,
        RegistryConfiguration registry,
        ReplicatorConfiguration replicator,
        TopicsConfiguration topics) {
    /** The name of the Streams application and of its consumer group. */
    String applicationId() {
        return "understudy-replicator-" + target;
    }

    /**
     * For Confluent's serializers: no retries of their own and short timeouts, since they run
     * between two polls; the breaker tries again.
     */
    Map<String, Object> serializers() {
        Map<String, Object> serializers = new HashMap<>(registry.client());
        serializers.put("http.connect.timeout.ms", 3000);
        serializers.put("http.read.timeout.ms", 5000);
        serializers.put("max.retries", 0);
        return serializers;
    }

    ReplicationSettings withCatalog(Catalog other) {
        return new ReplicationSettings(target, other, kafka, registry, replicator, topics);
    }

    List<String> replicatedTopics() {
        return catalog.notOwnedBy(target).stream().map(CatalogEntry::topic).toList();
    }
}
