package dev.understudy.sandbox;

import java.nio.file.Path;
import java.util.Map;

/** How a {@link Part} runs, as a process or as a container; what its methods mean is said there. */
sealed interface PartRunner permits PartProcess, PartContainer {

    String name();

    Path log();

    boolean isRunning();

    void start();

    void stop();

    void kill();

    void pause();

    void resume();

    /** Replaces earlier changes of the first environment, for the next start and later ones. */
    void reconfigure(Map<String, String> changes);

    void close();
}
