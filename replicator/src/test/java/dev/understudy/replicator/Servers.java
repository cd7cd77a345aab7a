package dev.understudy.replicator;

import dev.understudy.sandbox.KafkaServer;
import dev.understudy.sandbox.PostgresServer;
import dev.understudy.sandbox.RegistryServer;
import org.jspecify.annotations.Nullable;

/**
 * The servers that all tests of this JVM share, one test after the other; the JVM's end stops them.
 */
final class Servers {
    private static @Nullable Servers shared;

    KafkaServer kafka = KafkaServer.open();
    final RegistryServer registry = RegistryServer.open();
    final PostgresServer postgres = PostgresServer.open();

    private Servers() {}

    /**
     * Running, with a Kafka that is new: a broker whose topics are deleted and made again under the
     * same names may refuse to lead one of them. Registry and database are not cleared.
     */
    static synchronized Servers cleared() {
        if (shared == null) {
            shared = new Servers();
        } else {
            shared.kafka.close();
            shared.kafka = KafkaServer.open();
        }
        shared.registry.start();
        shared.postgres.start();
        return shared;
    }
}
