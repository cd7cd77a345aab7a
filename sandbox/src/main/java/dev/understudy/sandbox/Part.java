package dev.understudy.sandbox;

import java.nio.file.Path;

/**
 * One process or container of the sandbox, which tests may stop, kill, freeze and start again: it
 * comes back on the same ports and the same data. All methods may be called from any thread and
 * return when what they say is done; a part that is not running cannot be stopped wrongly.
 */
public interface Part extends AutoCloseable {

    /** What the part runs as. */
    PartRunner runner();

    /** What the part is called in messages. */
    default String name() {
        return runner().name();
    }

    /** The file that gets everything the part prints, over all its starts. */
    default Path log() {
        return runner().log();
    }

    /** Whether it is alive, which it also is while paused. */
    default boolean isRunning() {
        return runner().isRunning();
    }

    /**
     * Starts the part and waits until it can be used; nothing happens if it is running.
     *
     * @throws SandboxException if it ends or is not ready in time; then it is not left running
     */
    default void start() {
        runner().start();
    }

    /** Stops it the orderly way, by force if that takes more than ten seconds. */
    default void stop() {
        runner().stop();
    }

    /** Kills it as a power cut would: SIGKILL to its process and its children. */
    default void kill() {
        runner().kill();
    }

    /** Freezes it (SIGSTOP): its connections stay open, nothing is answered. */
    default void pause() {
        runner().pause();
    }

    /** Lets a paused part go on. */
    default void resume() {
        runner().resume();
    }

    /** Stops it for good, and removes its directory if that is a temporary one of its own. */
    @Override
    default void close() {
        runner().close();
        AtShutdown.remove(this);
    }
}
