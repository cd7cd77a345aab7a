package dev.understudy.instance.publishing;

import dev.understudy.instance.batch.Schedules;
import dev.understudy.service.KafkaConfiguration;
import dev.understudy.service.RegistryConfiguration;
import java.time.Duration;

/**
 * What a publisher is told.
 *
 * @param instance the owner's name
 */
public record PublishingSettings(
        String instance,
        Database database,
        Kafka kafka,
        Topics topics,
        Timing timing,
        Limits batch) {

    /** Where to stream from; the user needs the privilege REPLICATION. */
    public record Database(String jdbcUrl, String user, String password) {
        @Override
        public String toString() {
            return "Database[jdbcUrl=%s, user=%s]"
                    .formatted(jdbcUrl.replaceFirst("\\?.*", ""), user);
        }
    }

    /**
     * Where to publish.
     *
     * @param registry with Confluent's API
     */
    public record Kafka(KafkaConfiguration servers, RegistryConfiguration registry) {
        /** Of servers and a registry that anybody may use. */
        public Kafka(String bootstrapServers, String registryUrl) {
            this(new KafkaConfiguration(bootstrapServers), new RegistryConfiguration(registryUrl));
        }
    }

    /** What the topics are created with. */
    public record Topics(int partitions, short replicationFactor) {}

    /**
     * Times of the publisher.
     *
     * @param heartbeat between two heartbeats
     * @param takeover after which a publisher that does not answer loses the slot to another one
     * @param maxPause between two attempts while a part is away
     * @param schedules of types that are not published when they are written
     */
    public record Timing(
            Duration heartbeat, Duration takeover, Duration maxPause, Schedules schedules) {
        public static final Timing DEFAULTS =
                new Timing(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(7),
                        Duration.ofSeconds(5),
                        Schedules.NONE);
    }

    /**
     * When a batch, one transaction in Kafka, is full; and how fast rows are published again.
     *
     * @param events change events, from 1
     * @param bytes of their content in the WAL, from 1
     * @param snapshotRowsPerSecond that are published again at most, from 1
     */
    public record Limits(int events, int bytes, int snapshotRowsPerSecond) {
        public static final Limits DEFAULTS = new Limits(1000, 4_000_000, 5000);

        public Limits {
            if (events < 1 || bytes < 1 || snapshotRowsPerSecond < 1) {
                throw new IllegalArgumentException(
                        "limits are from 1 up: %d, %d, %d"
                                .formatted(events, bytes, snapshotRowsPerSecond));
            }
        }
    }
}
