package dev.understudy.instance.configuration;

import dev.understudy.schemas.UnderstudyException;
import dev.understudy.schemas.UnderstudyException.Severity;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.service.FailedStart;
import dev.understudy.service.StartException;
import dev.understudy.store.install.StoreSchema;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs the catalog's tables when the service starts, and goes on trying beside it while the
 * database is away. Tables that do not fit the catalog stop the start.
 */
@Context
public final class StoreInstallation {
    private static final Logger LOG = LoggerFactory.getLogger(StoreInstallation.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final DataSource dataSource;
    private final Catalog catalog;
    private final FailedStart failedStart;
    private final CountDownLatch installed = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    StoreInstallation(DataSource dataSource, Catalog catalog, FailedStart failedStart) {
        this.dataSource = dataSource;
        this.catalog = catalog;
        this.failedStart = failedStart;
    }

    @PostConstruct
    void start() {
        if (!attempt()) {
            Thread.ofVirtual().name("store-installation").start(this::keepTrying);
        }
    }

    @PreDestroy
    void stop() {
        stopped.countDown();
    }

    /** Whether the tables are there. */
    public boolean isDone() {
        return installed.getCount() == 0;
    }

    /**
     * Waits until the tables are there.
     *
     * @return whether they are, at the end of the time
     */
    public boolean await(Duration atMost) throws InterruptedException {
        return installed.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void keepTrying() {
        try {
            while (!stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                if (attempt()) {
                    LOG.info("The database is there; its tables are installed");
                    return;
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failedStart.end(e);
        }
    }

    private boolean attempt() {
        try {
            StoreSchema.install(dataSource, catalog);
            installed.countDown();
            return true;
        } catch (UnderstudyException e) {
            if (e.severity() != Severity.RETRYABLE) {
                throw StartException.ofTables(e);
            }
            LOG.warn("Waiting for the database: {}", innermost(e).getMessage());
            return false;
        }
    }

    /** The pool's message only says that it has no connection. */
    private static Throwable innermost(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure : innermost(cause);
    }
}
