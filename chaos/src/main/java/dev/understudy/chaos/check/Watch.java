package dev.understudy.chaos.check;

import dev.understudy.chaos.time.Polling;
import dev.understudy.sandbox.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Looks at a database again and again; a connection that breaks is opened again. */
final class Watch implements AutoCloseable {
    private static final Duration AFTER_A_FAULT = Duration.ofMillis(100);

    /** One look; its failure is the connection's. */
    @FunctionalInterface
    interface Look {
        void at(Connection connection) throws SQLException;
    }

    private final Database database;
    private final Look look;
    private final Duration pause;
    private final AtomicLong looks = new AtomicLong();
    private volatile boolean stopped;
    private volatile @Nullable Exception lastFault;
    private volatile boolean failed;
    private @Nullable Thread thread;

    private Watch(Database database, Duration pause, Look look) {
        this.database = database;
        this.pause = pause;
        this.look = look;
    }

    static Watch start(String name, Database database, Duration pause, Look look) {
        Watch watch = new Watch(database, pause, look);
        watch.thread = Thread.ofPlatform().daemon().name(name).start(watch::run);
        return watch;
    }

    private void run() {
        while (!stopped) {
            try (Connection connection = database.connect()) {
                while (!stopped) {
                    look.at(connection);
                    looks.incrementAndGet();
                    Polling.pause(pause);
                }
            } catch (SQLException e) {
                lastFault = e;
                Polling.pause(AFTER_A_FAULT);
            } catch (RuntimeException e) {
                lastFault = e;
                failed = true;
                return;
            }
        }
    }

    /** How often it looked until now. */
    long looks() {
        return looks.get();
    }

    /** Ends the watch, which must have looked until now. */
    void end() {
        close();
        if (failed) {
            throw new IllegalStateException("the watch ended early", lastFault);
        }
        if (looks.get() < 2) {
            throw new IllegalStateException("the database was never watched", lastFault);
        }
    }

    @Override
    public void close() {
        stopped = true;
        if (thread != null) {
            Polling.ends(thread);
        }
    }
}
