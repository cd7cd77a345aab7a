package dev.understudy.instance.hydration;

import dev.understudy.instance.configuration.HydrationConfiguration;
import dev.understudy.instance.configuration.InstanceConfiguration;
import dev.understudy.instance.configuration.PublishingConfiguration;
import dev.understudy.instance.configuration.StoreInstallation;
import dev.understudy.instance.snapshot.Republication;
import dev.understudy.instance.work.Loop;
import dev.understudy.instance.work.QuickProducer;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.service.KafkaConfiguration;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityStore;
import dev.understudy.store.ledger.Orphans;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything about hydration on demand: of an instance with replicas it asks owners and takes note
 * of what they do not know; of an owner it answers. Off with {@code
 * understudy.hydration.enabled=false}.
 */
@Singleton
@Requires(property = "understudy.hydration.enabled", notEquals = "false")
@Requires(beans = Republication.class)
final class Hydration implements ApplicationEventListener<StartupEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(Hydration.class);
    private static final Duration POLL = Duration.ofSeconds(1);

    private final HydrationSettings settings;
    private final Catalog catalog;
    private final StoreInstallation installation;
    private final List<Loop> loops = new ArrayList<>();

    Hydration(
            Instance instance,
            Catalog catalog,
            DataSource dataSource,
            EntityStore store,
            Republication republication,
            StoreInstallation installation,
            MeterRegistry meters) {
        this.settings = instance.settings();
        this.catalog = catalog;
        this.installation = installation;
        String name = settings.instance();
        if (!catalog.notOwnedBy(name).isEmpty()) {
            Counter asked = meters.counter("understudy.hydration.asked");
            Orphans orphans = new Orphans(dataSource, catalog);
            add("hydration-asker", new Asker(settings, catalog, dataSource, asked));
            add(
                    "hydration-answers",
                    new TopicReader(
                            settings,
                            HydrationTopics.answers(name),
                            Question::ofAnswer,
                            answers -> orphans.markUnknown(unknown(catalog, answers))));
        }
        if (!catalog.ownedBy(name).isEmpty()) {
            add("hydration-requests", loop -> answer(loop, store, republication, meters));
        }
    }

    /** Who this is, of several configurations. */
    @Singleton
    record Instance(
            InstanceConfiguration instance,
            KafkaConfiguration kafka,
            PublishingConfiguration publishing,
            HydrationConfiguration hydration) {
        HydrationSettings settings() {
            return new HydrationSettings(
                    instance.instance(),
                    kafka,
                    (short) publishing.replicationFactor(),
                    hydration.requestsPerSecond(),
                    Duration.ofMillis(hydration.delayMs()));
        }
    }

    private void add(String name, Loop.Work work) {
        loops.add(
                new Loop(
                        name,
                        loop -> {
                            if (installation.await(POLL)) {
                                work.run(loop);
                            }
                        }));
    }

    private void answer(
            Loop loop, EntityStore store, Republication republication, MeterRegistry meters)
            throws Exception {
        Answerer.Counts counts =
                new Answerer.Counts(
                        meters.counter("understudy.hydration.answered", "answer", "published"),
                        meters.counter("understudy.hydration.answered", "answer", "unknown"),
                        meters.counter("understudy.hydration.answered", "answer", "undeliverable"));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(QuickProducer.configuration(settings.kafka()))) {
            Answerer answerer =
                    new Answerer(
                            settings.instance(), catalog, store, republication, producer, counts);
            new TopicReader(
                            settings,
                            HydrationTopics.requests(settings.instance()),
                            Question::of,
                            answerer)
                    .run(loop);
        }
    }

    /** Of the types that are known here; another owner's word on a type does not count. */
    static List<EntityId> unknown(Catalog catalog, List<Question> answers) {
        List<EntityId> ids = new ArrayList<>();
        for (Question answer : answers) {
            catalog.entries().stream()
                    .filter(entry -> entry.type().fullName().equals(answer.type()))
                    .filter(entry -> entry.owner().equals(answer.askedBy()))
                    .flatMap(entry -> id(entry.type(), answer).stream())
                    .forEach(ids::add);
        }
        return ids;
    }

    private static Optional<EntityId> id(EntityType type, Question answer) {
        try {
            return Optional.of(new EntityId(type, type.keyType().parse(answer.key())));
        } catch (IllegalArgumentException e) {
            LOG.warn("{} answers about what is no key: {}", answer.askedBy(), e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void onApplicationEvent(StartupEvent event) {
        loops.forEach(Loop::start);
    }

    @PreDestroy
    void stop() {
        loops.forEach(Loop::close);
    }
}
