package dev.understudy.benchmarks.instance;

import dev.understudy.benchmarks.replicator.Infrastructure;
import dev.understudy.schemas.event.ChangeEventEncoder;
import java.util.Map;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes, with each ticket, a change of the account and of the contact that it refers to. */
final class CustomerFeed implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final ChangeEventEncoder encoder;

    CustomerFeed(Infrastructure infrastructure) {
        producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                infrastructure.bootstrapServers(),
                                ProducerConfig.LINGER_MS_CONFIG,
                                2),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        encoder =
                new ChangeEventEncoder(Map.of("schema.registry.url", infrastructure.registryUrl()));
    }

    /** Told of each ticket's number. */
    IntConsumer of(Work work) {
        return number -> {
            int customer = work.customer(number);
            // Customers that were there are at version 1, and each is changed once in a while.
            long version = 2L + (work.first() + number) / work.customers();
            var _ = producer.send(encoder.encode(Entities.account(customer, version)));
            var _ = producer.send(encoder.encode(Entities.contact(customer, version)));
        };
    }

    @Override
    public void close() {
        producer.close();
        encoder.close();
    }
}
