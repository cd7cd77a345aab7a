package dev.understudy.instance.publishing;

import dev.understudy.instance.configuration.StoreInstallation;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Starts publishing with the service, as soon as its tables are there. */
@Singleton
@Requires(beans = Publishing.class)
final class PublishingStart implements ApplicationEventListener<StartupEvent> {
    private static final Duration POLL = Duration.ofSeconds(1);

    private final Publishing publishing;
    private final StoreInstallation installation;
    private volatile @Nullable Thread waiting;

    PublishingStart(Publishing publishing, StoreInstallation installation) {
        this.publishing = publishing;
        this.installation = installation;
    }

    @Override
    public void onApplicationEvent(StartupEvent event) {
        waiting = Thread.ofVirtual().name("publishing-start").start(this::startWhenInstalled);
    }

    private void startWhenInstalled() {
        try {
            while (!installation.await(POLL)) {
                // The installation says itself what it waits for.
            }
            publishing.start();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @PreDestroy
    void stop() {
        Thread thread = waiting;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
