package dev.understudy.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How one part is run as a process: its command and what is added to the environment, where its
 * files and log are, and what marks out its life.
 */
record PartPlan(
        String name,
        List<String> command,
        Map<String, String> environment,
        WorkDirectory directory,
        Life life) {

    /**
     * @param prepare done before each start
     * @param readiness when it can be used
     * @param stopSignal which signal stops it
     */
    record Life(Runnable prepare, Readiness readiness, Signal stopSignal) {

        /** Nothing to prepare, stopped as most programs are. */
        static Life readyAt(Readiness readiness) {
            return new Life(() -> {}, readiness, Signal.TERMINATE);
        }
    }

    static final Duration STOP_BOUND = Duration.ofSeconds(10);

    /** Would configure a part behind our back if it were inherited. */
    private static final List<String> OWN_PREFIXES =
            List.of("UNDERSTUDY_", "MICRONAUT_", "KAFKA_", "APICURIO_", "QUARKUS_", "PG");

    PartPlan {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** The same with more environment; a name that is set already is replaced. */
    PartPlan withEnvironment(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return new PartPlan(name, command, all, directory, life);
    }

    Path log() {
        return directory.path().resolve(name.replace(' ', '-') + ".log");
    }

    /** As it is started now: with the class archive of its jar, where there is one. */
    ProcessBuilder processBuilder() {
        return processBuilder(ClassArchive.of(command).map(ClassArchive::flags).orElse(List.of()));
    }

    ProcessBuilder processBuilder(List<String> jvmFlags) {
        List<String> all = new ArrayList<>(command);
        all.addAll(1, jvmFlags);
        ProcessBuilder builder = new ProcessBuilder(OwnSession.of(all));
        builder.directory(directory.path().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment()
                .keySet()
                .removeIf(variable -> OWN_PREFIXES.stream().anyMatch(variable::startsWith));
        builder.environment().putAll(environment);
        return builder;
    }
}
