package dev.understudy.instance.health;

import dev.understudy.instance.configuration.StoreInstallation;
import io.micronaut.core.async.publisher.AsyncSingleResultPublisher;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import javax.sql.DataSource;
import org.reactivestreams.Publisher;

/** Up when the database answers and its tables are installed. */
@Singleton
@Readiness
final class StoreHealth implements HealthIndicator {
    private static final String NAME = "store";
    private static final int ANSWER_SECONDS = 2;

    private final DataSource dataSource;
    private final StoreInstallation installation;
    private final ExecutorService executor;

    StoreHealth(
            DataSource dataSource,
            StoreInstallation installation,
            @Named(TaskExecutors.BLOCKING) ExecutorService executor) {
        this.dataSource = dataSource;
        this.installation = installation;
        this.executor = executor;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        return new AsyncSingleResultPublisher<>(executor, this::check);
    }

    private HealthResult check() {
        HealthStatus status =
                installation.isDone() && databaseAnswers() ? HealthStatus.UP : HealthStatus.DOWN;
        return HealthResult.builder(NAME, status).build();
    }

    private boolean databaseAnswers() {
        try (Connection connection = dataSource.getConnection()) {
            return connection.isValid(ANSWER_SECONDS);
        } catch (SQLException _) {
            return false;
        }
    }
}
