package dev.understudy.instance.publishing;

import dev.understudy.instance.publishing.PublishingSettings.Topics;
import dev.understudy.schemas.UnderstudyException;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.topic.TopicNames;
import dev.understudy.service.NewTopics;
import dev.understudy.service.StartCode;
import dev.understudy.service.StartException;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates an owner's topics and registers their schemas; idempotent. */
final class TopicSetup {
    /** Bytes of one record at most, in topic and producer. */
    static final int MAX_RECORD_BYTES = 8_000_000;

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(TopicSetup.class);

    /** Incompatible with those that are there; no valid schema. */
    private static final Set<Integer> REFUSALS = Set.of(409, 422);

    private static final Map<String, String> TOPIC =
            Map.of(
                    TopicConfig.CLEANUP_POLICY_CONFIG,
                    TopicConfig.CLEANUP_POLICY_COMPACT,
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                    Integer.toString(MAX_RECORD_BYTES));

    private final String owner;
    private final Collection<EntityType> types;
    private final Topics topics;

    TopicSetup(String owner, Collection<EntityType> types, Topics topics) {
        this.owner = owner;
        this.types = types;
        this.topics = topics;
    }

    /**
     * Creates those that are missing; those that exist stay as they are, if they are compacted:
     * from any other a record would go that a new target needs.
     */
    void createTopics(Admin admin) throws InterruptedException {
        List<NewTopic> missing = new ArrayList<>();
        for (String topic : changeTopics()) {
            missing.add(new NewTopic(topic, topics.partitions(), topics.replicationFactor()));
        }
        missing.add(new NewTopic(TopicNames.control(owner), 1, topics.replicationFactor()));
        missing.forEach(topic -> topic.configs(TOPIC));
        try {
            NewTopics.create(admin, missing, TIMEOUT);
        } catch (ExecutionException e) {
            throw fault("cannot create the topics of " + owner, e);
        }
        requireCompacted(admin);
    }

    private void requireCompacted(Admin admin) throws InterruptedException {
        List<ConfigResource> resources =
                changeTopics().stream()
                        .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                        .toList();
        try {
            for (Map.Entry<ConfigResource, Config> topic :
                    admin.describeConfigs(resources).all().get().entrySet()) {
                String policy = topic.getValue().get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
                if (!TopicConfig.CLEANUP_POLICY_COMPACT.equals(policy)) {
                    throw new UnderstudyException(
                            UnderstudyException.Severity.RETRYABLE,
                            "the topic %s has cleanup.policy=%s: set it to compact"
                                    .formatted(topic.getKey().name(), policy));
                }
            }
        } catch (ExecutionException e) {
            throw fault("cannot ask for the configuration of the topics of " + owner, e);
        }
    }

    /**
     * Registers the schemas, if the registry is there, before a write is taken that could never be
     * published.
     *
     * @throws StartException if the registry refuses one
     */
    void requireCompatible(SchemaRegistryClient registry) {
        try {
            registerSchemas(registry);
        } catch (StartException e) {
            throw e;
        } catch (UnderstudyException e) {
            LOG.debug("The registry is away; the schemas are registered later", e);
        }
    }

    /** Registers the schemas of all types and of heartbeats, each under {@code <topic>-value}. */
    void registerSchemas(SchemaRegistryClient registry) {
        types.forEach(
                type -> register(registry, TopicNames.changeEvents(owner, type), type.schema()));
        register(registry, TopicNames.control(owner), HeartbeatRecords.SCHEMA);
    }

    /** The offset that each partition's next record will have. */
    Map<TopicPartition, Long> ends(Admin admin) throws InterruptedException {
        try {
            Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
            for (TopicDescription topic :
                    admin.describeTopics(changeTopics()).allTopicNames().get().values()) {
                topic.partitions()
                        .forEach(partition ->
                                wanted.put(
                                        new TopicPartition(topic.name(), partition.partition()),
                                        OffsetSpec.latest()));
            }
            Map<TopicPartition, Long> ends = new HashMap<>();
            for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end :
                    admin.listOffsets(wanted).all().get().entrySet()) {
                ends.put(end.getKey(), end.getValue().offset());
            }
            return ends;
        } catch (ExecutionException e) {
            throw fault("cannot ask for the ends of the topics of " + owner, e);
        }
    }

    private List<String> changeTopics() {
        return types.stream().map(type -> TopicNames.changeEvents(owner, type)).toList();
    }

    private static void register(SchemaRegistryClient registry, String topic, Schema schema) {
        String subject = topic + "-value";
        try {
            registry.register(subject, new AvroSchema(schema));
        } catch (RestClientException e) {
            throw REFUSALS.contains(e.getStatus())
                    ? new StartException(
                            StartCode.INCOMPATIBLE_SCHEMA,
                            "the registry refuses the schema of %s for %s: %s"
                                    .formatted(schema.getFullName(), subject, e.getMessage()),
                            e)
                    : fault("cannot register the schema of " + subject, e);
        } catch (IOException e) {
            throw fault("cannot register the schema of " + subject, e);
        }
    }

    private static UnderstudyException fault(String what, Exception e) {
        Throwable cause =
                e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
        return new UnderstudyException(
                UnderstudyException.Severity.RETRYABLE, what + ": " + cause.getMessage(), cause);
    }
}
