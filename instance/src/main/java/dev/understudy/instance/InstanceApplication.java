package dev.understudy.instance;

import dev.understudy.instance.configuration.InstanceConfiguration;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.service.ServiceStart;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts an instance as a process; ends it with exit code 1 and one line if it cannot start. */
public final class InstanceApplication {
    private static final Logger LOG = LoggerFactory.getLogger(InstanceApplication.class);

    private InstanceApplication() {}

    /** Runs until the process is asked to end. */
    public static void run(Class<?> application, String... arguments) {
        ServiceStart.run(application, InstanceApplication::announce, arguments);
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
