package dev.understudy.instance.publishing;

import dev.understudy.sandbox.KafkaServer;
import dev.understudy.sandbox.PostgresServer;
import dev.understudy.sandbox.RegistryServer;
import dev.understudy.sandbox.ServerOptions;

/** The servers that a test's owners work with. */
record Servers(PostgresServer postgres, KafkaServer kafka, RegistryServer registry)
        implements AutoCloseable {
    /** Those that tests of this JVM share and none of them stops. */
    static Servers shared() {
        return Shared.SERVERS;
    }

    /** A database server and Kafka of the test's own, to be stopped at will. */
    static Servers own() {
        return new Servers(
                PostgresServer.open(ServerOptions.defaults()),
                KafkaServer.open(),
                shared().registry());
    }

    @Override
    public void close() {
        kafka.close();
        postgres.close();
    }

    /** Made at the first use. */
    private static final class Shared {
        private static final Servers SERVERS =
                new Servers(PostgresServer.shared(), KafkaServer.open(), RegistryServer.open());
    }
}
