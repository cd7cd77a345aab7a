package dev.understudy.instance;

import dev.understudy.instance.configuration.InstanceConfiguration;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.exceptions.BeanInstantiationException;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.context.exceptions.DependencyInjectionException;
import io.micronaut.context.exceptions.NoSuchBeanException;
import io.micronaut.http.server.exceptions.ServerStartupException;
import io.micronaut.runtime.Micronaut;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts an instance as a process; ends it with exit code 1 and one line if it cannot start. */
public final class InstanceApplication {
    private static final Logger LOG = LoggerFactory.getLogger(InstanceApplication.class);

    private static final List<Class<? extends RuntimeException>> FAILURES =
            List.of(
                    BeanInstantiationException.class,
                    DependencyInjectionException.class,
                    NoSuchBeanException.class,
                    ConfigurationException.class,
                    ServerStartupException.class);

    private InstanceApplication() {}

    /** Runs until the process is asked to end. */
    public static void run(Class<?> application, String... arguments) {
        try {
            announce(start(application, arguments));
        } catch (RuntimeException e) {
            LOG.error("Cannot start: {}", StartFailure.message(e));
            LOG.debug("Cannot start", e);
            System.exit(1);
        }
    }

    private static ApplicationContext start(Class<?> application, String... arguments) {
        Micronaut micronaut = Micronaut.build(arguments);
        // An exit code of 0 makes it throw, where it would otherwise print the stack and exit.
        for (Class<? extends RuntimeException> failure : FAILURES) {
            micronaut.mapError(failure, _ -> 0);
        }
        return micronaut.mainClass(application).banner(false).start();
    }

    private static void announce(ApplicationContext context) {
        Catalog catalog = context.getBean(Catalog.class);
        String name = context.getBean(InstanceConfiguration.class).instance();
        LOG.info(
                "Instance {} owns {} and holds replicas of {} at {}",
                name,
                names(catalog.ownedBy(name)),
                names(catalog.notOwnedBy(name)),
                context.getBean(EmbeddedServer.class).getURL());
    }

    private static List<String> names(List<CatalogEntry> entries) {
        return entries.stream().map(entry -> entry.type().fullName()).toList();
    }
}
