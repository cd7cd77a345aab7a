package dev.understudy.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.LoggerFactory;

/** Watches that replicators of this JVM neither rebalance, nor end, nor flood the log. */
final class Calm implements AutoCloseable {
    private static final String CONSUMERS =
            "kafka.consumer:type=consumer-coordinator-metrics,client-id=understudy-replicator-*";

    private final List<ILoggingEvent> lines = new CopyOnWriteArrayList<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final double rebalances = rebalances();
    private final AppenderBase<ILoggingEvent> appender =
            new AppenderBase<>() {
                @Override
                protected void append(ILoggingEvent line) {
                    lines.add(line);
                }
            };

    Calm() throws Exception {
        appender.setContext(root.getLoggerContext());
        appender.start();
        root.addAppender(appender);
    }

    /** How often the eldest consumer of this JVM has joined a generation of its group. */
    static double rebalances() throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        double most = 0;
        for (ObjectName consumer : beans.queryNames(new ObjectName(CONSUMERS), null)) {
            most = Math.max(most, (Double) beans.getAttribute(consumer, "rebalance-total"));
        }
        return most;
    }

    void assertHeld(int mostLines) throws Exception {
        assertThat(rebalances()).as("generations of the group").isEqualTo(rebalances).isPositive();
        List<String> texts = lines.stream().map(Calm::text).toList();
        assertThat(lines)
                .as("no thread dies, in %s", texts)
                .noneMatch(line ->
                        line.getLevel().isGreaterOrEqual(Level.ERROR)
                                && line.getLoggerName().startsWith("dev.understudy"));
        assertThat(texts).as("lines").hasSizeLessThanOrEqualTo(mostLines);
        assertThat(texts).filteredOn(text -> text.contains(" Paused: ")).hasSize(1);
        assertThat(texts).filteredOn(text -> text.contains(" Resumed: ")).hasSize(1);
    }

    private static String text(ILoggingEvent line) {
        return "%s [%s] %s - %s"
                .formatted(
                        line.getLevel(),
                        line.getThreadName(),
                        line.getLoggerName(),
                        line.getFormattedMessage());
    }

    @Override
    public void close() {
        root.detachAppender(appender);
        appender.stop();
    }
}
