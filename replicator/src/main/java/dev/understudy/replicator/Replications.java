package dev.understudy.replicator;

import dev.understudy.replicator.admin.Administered;
import dev.understudy.replicator.completeness.Completeness;
import dev.understudy.replicator.follow.Sampler;
import dev.understudy.replicator.letters.DeadLetters;
import dev.understudy.replicator.progress.Progress;
import dev.understudy.replicator.schema.Followed;
import dev.understudy.schemas.UnderstudyException;
import dev.understudy.schemas.UnderstudyException.Severity;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.ModelException;
import dev.understudy.service.StartException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The replication of the present catalog. When the configuration changes, or an owner writes with a
 * newer schema, another takes its place; one that cannot be is not begun. Thread-safe.
 */
final class Replications implements Administered, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Replications.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Supplier<Catalog> configuration;
    private final Function<ReplicationSettings, Target> targets;
    private final Assembly.Surroundings surroundings;
    private final Followed followed = new Followed();
    private final Sampler sampler = new Sampler("catalog", INTERVAL, this::look);
    private ReplicationSettings settings;
    private Catalog configured;
    private String lastProblem = "";
    private List<CatalogEntry> rejected = List.of();
    private volatile Assembly current;

    /**
     * @param configuration reads the catalog as it is configured now
     */
    Replications(
            ReplicationSettings settings,
            Supplier<Catalog> configuration,
            Function<ReplicationSettings, Target> targets,
            Assembly.Surroundings surroundings) {
        this.settings = settings;
        this.configured = settings.catalog();
        this.configuration = configuration;
        this.targets = targets;
        this.surroundings = surroundings;
        this.current = new Assembly(settings, targets.apply(settings), surroundings, followed);
    }

    synchronized void start() {
        current.start();
        sampler.start();
    }

    Assembly current() {
        return current;
    }

    private void look() {
        try {
            Catalog now = configuration.get();
            if (!now.entries().equals(configured.entries())) {
                LOG.info("The configured catalog has changed");
                followed.forgetRefusals();
                rejected = List.of();
                configured = now;
            }
        } catch (StartException | ModelException e) {
            problem("The changed configuration cannot be used, and is not: " + e.getMessage());
        }
        try {
            follow(followed.evolved(configured));
        } catch (ModelException e) {
            refuse(e);
        }
    }

    private void follow(Catalog wanted) {
        if (wanted.entries().equals(settings.catalog().entries())
                || wanted.entries().equals(rejected)) {
            return;
        }
        ReplicationSettings next = settings.withCatalog(wanted);
        try (Broker broker = new Broker(next.kafka())) {
            // All types would wait for a topic that is not there.
            new Topics(next, broker).requireReplicated();
            Target target = targets.apply(next);
            target.install().run();
            OwnersSchemas.requireReadable(next);
            replace(next, target);
        } catch (StartException e) {
            rejected = wanted.entries();
            refuse(e);
        } catch (UnderstudyException e) {
            if (e.severity() != Severity.RETRYABLE) {
                rejected = wanted.entries();
                refuse(e);
            } else {
                later(e);
            }
        } catch (Exception e) {
            later(e);
        }
    }

    private synchronized void replace(ReplicationSettings next, Target target) {
        LOG.info("Changing the catalog to {}", next.replicatedTopics());
        current.close();
        settings = next;
        lastProblem = "";
        current = new Assembly(next, target, surroundings, followed);
        current.start();
    }

    private void refuse(Exception why) {
        problem("The tables stay as they are: " + why.getMessage());
        followed.refuse(configured, String.valueOf(why.getMessage()));
    }

    private void later(Exception why) {
        String problem = "The catalog cannot be changed yet: " + why.getMessage();
        if (!problem.equals(lastProblem)) {
            LOG.warn(problem);
            lastProblem = problem;
        }
    }

    private void problem(String problem) {
        if (!problem.equals(lastProblem)) {
            LOG.error(problem);
            lastProblem = problem;
        }
    }

    @Override
    public Catalog catalog() {
        return current.catalog();
    }

    @Override
    public DeadLetters deadLetters() {
        return current.deadLetters();
    }

    @Override
    public Completeness completeness() {
        return current.completeness();
    }

    @Override
    public Progress progress() {
        return current.progress();
    }

    @Override
    public synchronized void close() {
        sampler.close();
        current.close();
    }
}
