package dev.understudy.instance.hydration;

import dev.understudy.instance.work.Loop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a topic of hydration, and passes it only when what it said was done. At least once. */
final class TopicReader implements Loop.Work {
    private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final HydrationSettings settings;
    private final String topic;
    private final Function<byte[], Question> parse;
    private final Handler handler;

    /** Does what some records say; they come again if it fails. */
    @FunctionalInterface
    interface Handler {
        void handle(List<Question> questions) throws Exception;
    }

    TopicReader(
            HydrationSettings settings,
            String topic,
            Function<byte[], Question> parse,
            Handler handler) {
        this.settings = settings;
        this.topic = topic;
        this.parse = parse;
        this.handler = handler;
    }

    @Override
    public void run(Loop loop) throws Exception {
        HydrationTopics.create(settings.kafka(), topic, settings.replicationFactor());
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(configuration())) {
            consumer.subscribe(List.of(topic));
            while (loop.isRunning()) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                if (!records.isEmpty()) {
                    handler.handle(questions(records));
                    consumer.commitSync();
                }
                loop.succeeded();
            }
        }
    }

    private List<Question> questions(ConsumerRecords<byte[], byte[]> records) {
        List<Question> questions = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                questions.add(parse.apply(record.value()));
            } catch (RuntimeException e) {
                LOG.warn(
                        "{}@{} of {} is passed over: {}",
                        record.partition(),
                        record.offset(),
                        topic,
                        e.toString());
            }
        }
        return questions;
    }

    private Map<String, Object> configuration() {
        Map<String, Object> consumer = settings.kafka().client();
        consumer.put(ConsumerConfig.GROUP_ID_CONFIG, settings.instance() + ".understudy.hydration");
        consumer.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        consumer.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        consumer.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
        consumer.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        consumer.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        return consumer;
    }
}
