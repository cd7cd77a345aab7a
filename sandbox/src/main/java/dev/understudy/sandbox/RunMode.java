package dev.understudy.sandbox;

import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;

/** What the parts of a {@link Sandbox} run as: the system property {@code sandbox.containers}. */
public enum RunMode {
    /** Processes of this machine. */
    PROCESSES,
    /** Containers of the images in {@code deploy/} and of those that it names. */
    CONTAINERS;

    private static final String PROPERTY = "sandbox.containers";

    /** What the property asks for ({@code true}: containers), else processes. */
    public static RunMode chosen() {
        RunMode asked = asked();
        return asked == null ? PROCESSES : asked;
    }

    /** What the property asks for, else containers if an engine answers, else processes. */
    public static RunMode chosenOrWhatThereIs() {
        RunMode asked = asked();
        if (asked != null) {
            return asked;
        }
        return DockerClientFactory.instance().isDockerAvailable() ? CONTAINERS : PROCESSES;
    }

    private static @Nullable RunMode asked() {
        String value = System.getProperty(PROPERTY, "");
        return switch (value) {
            case "" -> null;
            case "true" -> CONTAINERS;
            case "false" -> PROCESSES;
            default ->
                    throw new IllegalArgumentException(
                            "-D%s=%s: neither true nor false".formatted(PROPERTY, value));
        };
    }
}
