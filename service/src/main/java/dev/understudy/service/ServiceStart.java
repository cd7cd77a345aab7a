package dev.understudy.service;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.exceptions.BeanInstantiationException;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.context.exceptions.DependencyInjectionException;
import io.micronaut.context.exceptions.NoSuchBeanException;
import io.micronaut.http.server.exceptions.ServerStartupException;
import io.micronaut.runtime.Micronaut;
import io.micronaut.runtime.exceptions.ApplicationStartupException;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a service as a process; ends it with exit code 1 and one line if it cannot start. */
public final class ServiceStart {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceStart.class);

    private static final List<Class<? extends RuntimeException>> FAILURES =
            List.of(
                    StartException.class,
                    BeanInstantiationException.class,
                    DependencyInjectionException.class,
                    NoSuchBeanException.class,
                    ConfigurationException.class,
                    ServerStartupException.class,
                    ApplicationStartupException.class);

    private ServiceStart() {}

    /** Returns when the service is started; it runs until the process is asked to end. */
    public static void run(
            Class<?> application, Consumer<ApplicationContext> started, String... arguments) {
        try {
            started.accept(start(application, arguments));
        } catch (RuntimeException e) {
            say(e);
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

    static void say(Throwable failure) {
        LOG.error("{}", StartReport.of(failure));
        LOG.debug("The cause", failure);
    }
}
