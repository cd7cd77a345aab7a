package dev.understudy.instance.hydration;

import dev.understudy.instance.configuration.StoreInstallation;
import dev.understudy.instance.work.Loop;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.ledger.NameHints;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import javax.sql.DataSource;

/** Removes, now and then, the names of placeholders that are hydrated. */
@Singleton
final class HintSweep implements ApplicationEventListener<StartupEvent> {
    private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(10);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int AT_ONCE = 5000;

    private final NameHints hints;
    private final Catalog catalog;
    private final StoreInstallation installation;
    private final Loop loop = new Loop("hint-sweep", this::sweep);

    HintSweep(DataSource dataSource, Catalog catalog, StoreInstallation installation) {
        this.hints = new NameHints(dataSource, catalog);
        this.catalog = catalog;
        this.installation = installation;
    }

    @Override
    public void onApplicationEvent(StartupEvent event) {
        loop.start();
    }

    private void sweep(Loop running) throws InterruptedException {
        if (!installation.await(POLL)) {
            return;
        }
        running.await(BETWEEN_SWEEPS);
        for (EntityType type : catalog.types()) {
            while (running.isRunning() && hints.sweep(type, AT_ONCE) == AT_ONCE) {
                running.succeeded();
            }
        }
        running.succeeded();
    }

    @PreDestroy
    void stop() {
        loop.close();
    }
}
