package dev.understudy.instance.hydration;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.understudy.instance.work.Loop;
import dev.understudy.instance.work.OneProcess;
import dev.understudy.instance.work.QuickProducer;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.store.AlternateId;
import dev.understudy.store.EntityId;
import dev.understudy.store.ledger.PlaceholderLedger;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Asks owners for what is only a placeholder here, no faster than is allowed. */
final class Asker implements Loop.Work {
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration STANDBY = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration CLOSE_BOUND = Duration.ofSeconds(2);

    private final HydrationSettings settings;
    private final Catalog catalog;
    private final DataSource dataSource;
    private final PlaceholderLedger ledger;
    private final Counter asked;
    private Schedule schedule;

    Asker(HydrationSettings settings, Catalog catalog, DataSource dataSource, Counter asked) {
        this.settings = settings;
        this.catalog = catalog;
        this.dataSource = dataSource;
        this.ledger = new PlaceholderLedger(dataSource, catalog);
        this.asked = asked;
        this.schedule = newSchedule();
    }

    private Schedule newSchedule() {
        return new Schedule(
                ledger,
                catalog.notOwnedBy(settings.instance()).stream().map(CatalogEntry::type).toList(),
                settings.delay());
    }

    @Override
    public void run(Loop loop) throws Exception {
        try (OneProcess oneAsker = new OneProcess(dataSource, "understudy.hydration")) {
            if (!oneAsker.isHere()) {
                loop.succeeded();
                // Who takes over begins with a full pass.
                schedule = newSchedule();
                loop.await(STANDBY);
                return;
            }
            createTopics();
            KafkaProducer<byte[], byte[]> producer =
                    new KafkaProducer<>(QuickProducer.configuration(settings.kafka()));
            try {
                ask(loop, oneAsker, producer);
            } finally {
                producer.close(CLOSE_BOUND);
            }
        }
    }

    /** An owner that has never run must not stand in the way of the others. */
    private void createTopics() throws InterruptedException {
        Set<String> owners =
                catalog.notOwnedBy(settings.instance()).stream()
                        .map(CatalogEntry::owner)
                        .collect(Collectors.toSet());
        for (String owner : owners) {
            HydrationTopics.create(
                    settings.kafka(),
                    HydrationTopics.requests(owner),
                    settings.replicationFactor());
        }
    }

    private void ask(Loop loop, OneProcess oneAsker, KafkaProducer<byte[], byte[]> producer)
            throws Exception {
        double allowed = settings.requestsPerSecond();
        long lastNs = System.nanoTime();
        while (loop.isRunning() && oneAsker.isHere()) {
            long nowNs = System.nanoTime();
            allowed =
                    Math.min(
                            settings.requestsPerSecond(),
                            allowed + settings.requestsPerSecond() * (nowNs - lastNs) / 1e9);
            lastNs = nowNs;
            if (allowed >= 1) {
                allowed -= askWhatIsDue((int) allowed, producer);
            }
            loop.succeeded();
            loop.await(TICK);
        }
    }

    private int askWhatIsDue(int limit, KafkaProducer<byte[], byte[]> producer)
            throws ExecutionException, InterruptedException {
        try {
            Set<EntityId> due = schedule.due(limit);
            if (!due.isEmpty()) {
                send(producer, due);
                asked.increment(due.size());
            }
            return due.size();
        } catch (ExecutionException | RuntimeException e) {
            schedule.failed(AFTER_FAILURE);
            throw e;
        }
    }

    private void send(KafkaProducer<byte[], byte[]> producer, Set<EntityId> due)
            throws ExecutionException, InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        Map<EntityId, List<AlternateId>> alternates = ledger.alternates(due);
        for (EntityId id : due) {
            String owner = catalog.entry(id.type().fullName()).owner();
            Question question =
                    new Question(
                            id.type().fullName(),
                            id.key().text(),
                            alternates.getOrDefault(id, List.of()).stream()
                                    .map(AlternateIds::json)
                                    .toList(),
                            settings.instance());
            sent.add(
                    producer.send(
                            new ProducerRecord<>(
                                    HydrationTopics.requests(owner),
                                    id.key().text().getBytes(UTF_8),
                                    question.json())));
        }
        producer.flush();
        for (Future<RecordMetadata> one : sent) {
            var _ = one.get();
        }
    }
}
