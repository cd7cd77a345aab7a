package dev.understudy.benchmarks.replicator;

import dev.understudy.sandbox.Database;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How soon an event is visible; its last line is a JSON object of the figures by rate. */
@Command(
        name = "latency",
        mixinStandardHelpOptions = true,
        description =
                "Publishes at fixed rates, whatever the replicator does, and tells how long after it"
                        + " was due each event was visible in the target's table.")
public final class LatencyCommand implements Callable<Integer> {
    private static final String OWNER = "us";
    private static final int WARM_RATE = 2000;

    @Option(
            names = "--rates",
            split = ",",
            defaultValue = "1,200,2000",
            description = "Events per second, one after another. Default: ${DEFAULT-VALUE}.")
    private int[] rates = {};

    @Option(
            names = "--seconds",
            defaultValue = "30",
            description = "How long each rate is kept up. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "15",
            description = "Seconds at 2000 events/s before. Default: ${DEFAULT-VALUE}.")
    private int warmUpSeconds;

    @Option(
            names = "--threads",
            defaultValue = "1",
            description = "Stream threads of the replicator. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Spec private CommandSpec spec;

    private LatencyCommand() {}

    @Override
    public Integer call() throws Exception {
        if (seconds < 1 || warmUpSeconds < 1 || threads < 1) {
            throw new ParameterException(spec.commandLine(), "at least 1 second and 1 thread");
        }
        PrintWriter out = spec.commandLine().getOut();
        try (Infrastructure infrastructure = Infrastructure.open()) {
            try (Preload preload = new Preload(infrastructure)) {
                preload.create(OWNER);
            }
            Ours ours = new Ours(1, threads);
            Database database = infrastructure.freshDatabase();
            Destination destination = ours.destination(database, OWNER);
            List<Latencies> measured = new ArrayList<>();
            try (Workers _ = ours.start(infrastructure, destination, OWNER);
                    OpenLoop loop = new OpenLoop(infrastructure, destination)) {
                loop.run(WARM_RATE, Duration.ofSeconds(warmUpSeconds));
                for (int rate : rates) {
                    measured.add(loop.run(rate, Duration.ofSeconds(seconds)));
                }
            }
            out.println(Latencies.head());
            measured.forEach(out::println);
            out.println(
                    measured.stream()
                            .map(Latencies::json)
                            .collect(Collectors.joining(", ", "{", "}")));
            out.flush();
            return 0;
        }
    }
}
