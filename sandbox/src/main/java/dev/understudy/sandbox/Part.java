package dev.understudy.sandbox;

import java.nio.file.Path;

/**
 * One process of the sandbox, which tests may stop, kill, freeze and start again: it comes back on
 * the same ports and the same data. All methods may be called from any thread and return when what
 * they say is done; a part that is not running cannot be stopped wrongly.
 */
public interface Part extends AutoCloseable {

    /** The process behind the part. */
    PartProcess process();

    /** What the part is called in messages. */
    default String name() {
        return process().name();
    }

    /** The file that gets everything the process prints, over all its starts. */
    default Path log() {
        return process().log();
    }

    /** Whether its process is alive, which it also is while paused. */
    default boolean isRunning() {
        return process().isRunning();
    }

    /**
     * Starts the part and waits until it can be used; nothing happens if it is running.
     *
     * @throws SandboxException if it ends or is not ready in time; then it is not left running
     */
    default void start() {
        process().start();
    }

    /** Stops it the orderly way, by force if that takes more than ten seconds. */
    default void stop() {
        process().stop();
    }

    /** Kills it as a power cut would: SIGKILL to its process and its children. */
    default void kill() {
        process().kill();
    }

    /** Freezes it (SIGSTOP): its connections stay open, nothing is answered. */
    default void pause() {
        process().pause();
    }

    /** Lets a paused part go on. */
    default void resume() {
        process().resume();
    }

    /** Stops it for good, and removes its directory if that is a temporary one of its own. */
    @Override
    default void close() {
        process().close();
        AtShutdown.remove(this);
    }
}
