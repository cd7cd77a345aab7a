package dev.understudy.instance.ready;

import dev.understudy.instance.configuration.InstanceConfiguration;
import dev.understudy.instance.configuration.StoreInstallation;
import dev.understudy.instance.work.Loop;
import dev.understudy.instance.work.OneProcess;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.ledger.Awaited;
import dev.understudy.store.ledger.Awaiting;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Looks which entities that something waits for are complete, a page of notes at a time and round
 * again, and does it. Of several processes of an instance one does.
 */
@Singleton
final class Completions implements ApplicationEventListener<StartupEvent> {
    private static final int PAGE = 2000;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final Duration STANDBY = Duration.ofSeconds(1);

    private final DataSource dataSource;
    private final Awaiting awaiting;
    private final List<EntityType> types;
    private final ReadyStep ready;
    private final ReadyTopics topics;
    private final DeferredSteps deferred;
    private final AwaitingMetrics metrics;
    private final StoreInstallation installation;
    private final Map<EntityType, Long> cursors = new HashMap<>();
    private final Loop loop = new Loop("completions", this::work);

    Completions(
            DataSource dataSource,
            Catalog catalog,
            InstanceConfiguration instance,
            ReadyStep ready,
            ReadyTopics topics,
            DeferredSteps deferred,
            AwaitingMetrics metrics,
            StoreInstallation installation) {
        this.dataSource = dataSource;
        this.awaiting = new Awaiting(dataSource, catalog);
        this.types = catalog.ownedBy(instance.instance()).stream().map(CatalogEntry::type).toList();
        this.ready = ready;
        this.topics = topics;
        this.deferred = deferred;
        this.metrics = metrics;
        this.installation = installation;
    }

    @Override
    public void onApplicationEvent(StartupEvent event) {
        if (ready.isOn() || deferred.isOn()) {
            loop.start();
        }
    }

    private void work(Loop running) throws Exception {
        if (!installation.await(STANDBY)) {
            return;
        }
        try (OneProcess one = new OneProcess(dataSource, "understudy.ready")) {
            while (running.isRunning()) {
                if (!one.isHere()) {
                    metrics.stood();
                    running.await(STANDBY);
                } else if (!look(running)) {
                    running.await(BETWEEN_LOOKS);
                }
                running.succeeded();
            }
        }
    }

    /** A page of each type; says whether there may be more to do at once. */
    private boolean look(Loop running) throws InterruptedException {
        boolean more = false;
        for (EntityType type : types) {
            List<Awaited> page = awaiting.page(type, cursors.getOrDefault(type, 0L), PAGE);
            boolean full = page.size() == PAGE;
            Set<Awaited> done = settle(type, page, running);
            metrics.left(type, page.stream().filter(one -> !done.contains(one)).toList());
            if (!full) {
                metrics.ended(type);
            }
            cursors.put(type, full ? page.getLast().seq() : 0L);
            more |= full && !done.isEmpty();
        }
        return more;
    }

    /** Says which are done. */
    private Set<Awaited> settle(EntityType type, List<Awaited> page, Loop running)
            throws InterruptedException {
        List<Awaited> gone = of(page, Awaited.Now.GONE);
        if (!gone.isEmpty()) {
            awaiting.settle(type, gone);
        }
        Set<Awaited> done = new HashSet<>(gone);
        List<Awaited> toTell = new ArrayList<>();
        for (Awaited one : of(page, Awaited.Now.COMPLETE)) {
            if (one.purpose().equals(ReadyStep.PURPOSE)) {
                toTell.add(one);
            } else if (running.isRunning() && deferred.run(one)) {
                done.add(one);
                metrics.done(one.purpose(), 1);
            }
        }
        // The last, since it takes its time while Kafka is away.
        if (!toTell.isEmpty() && running.isRunning() && topics.send(type, toTell)) {
            awaiting.settle(type, toTell);
            done.addAll(toTell);
            metrics.done(ReadyStep.PURPOSE, toTell.size());
        }
        return done;
    }

    private static List<Awaited> of(List<Awaited> page, Awaited.Now now) {
        return page.stream().filter(one -> one.now() == now).toList();
    }

    @PreDestroy
    void stop() {
        loop.close();
    }
}
