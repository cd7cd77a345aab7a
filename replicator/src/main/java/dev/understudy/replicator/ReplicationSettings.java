package dev.understudy.replicator;

import dev.understudy.replicator.configuration.KafkaConfiguration;
import dev.understudy.replicator.configuration.RegistryConfiguration;
import dev.understudy.replicator.configuration.ReplicatorConfiguration;
import dev.understudy.replicator.configuration.TopicsConfiguration;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import java.util.List;

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

    List<String> replicatedTopics() {
        return catalog.notOwnedBy(target).stream().map(CatalogEntry::topic).toList();
    }
}
