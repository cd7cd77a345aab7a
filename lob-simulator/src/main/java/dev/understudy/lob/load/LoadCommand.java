package dev.understudy.lob.load;

import dev.understudy.lob.client.InstanceFault;
import dev.understudy.lob.load.LoadSettings.Bounds;
import dev.understudy.lob.load.LoadSettings.Data;
import dev.understudy.lob.load.LoadSettings.Pace;
import dev.understudy.lob.options.CircuitOptions;
import dev.understudy.lob.options.InstanceOptions;
import dev.understudy.lob.terminal.LiveLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The load as a command. Exit codes: 0 everything was accepted, 1 something was not, 2 wrong usage,
 * 3 there was no run.
 */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = {
            "Drives both instances at a set rate, and measures what comes back.",
            "Latencies count from when an operation was due, whether or not it could be sent then."
        })
public final class LoadCommand implements Callable<Integer> {

    private static final int NOT_ACCEPTED = 1;
    private static final int FAULT = 3;

    @Spec private CommandSpec spec;

    @Mixin private InstanceOptions instances;

    @Mixin private CircuitOptions circuit;

    @Option(
            names = "--rate",
            defaultValue = "100",
            paramLabel = "N",
            description = "operations per second (default: ${DEFAULT-VALUE})")
    private int rate;

    @Option(
            names = "--seconds",
            defaultValue = "30",
            paramLabel = "S",
            description = "for how long operations are due (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(
            names = "--mix",
            paramLabel = "OPERATION=WEIGHT,…",
            description =
                    "how often each operation occurs"
                            + " (default: read-source=25,read-target=25,create=10,update=15,ticket=25)")
    private @Nullable String mix;

    @Option(
            names = "--seed",
            defaultValue = "42",
            paramLabel = "N",
            description = "seed of the operations and their data (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--run",
            paramLabel = "N",
            description = "tells the keys of runs of one seed apart (default: the time)")
    private @Nullable Integer run;

    @Option(
            names = "--accounts",
            defaultValue = "200",
            paramLabel = "N",
            description = "accounts at the source to begin with (default: ${DEFAULT-VALUE})")
    private int accounts;

    @Option(
            names = "--in-flight",
            defaultValue = "256",
            paramLabel = "N",
            description = "requests at once (default: ${DEFAULT-VALUE})")
    private int inFlight;

    @Option(names = "--json", paramLabel = "FILE", description = "write the result as JSON, too")
    private @Nullable Path json;

    @Override
    public Integer call() throws IOException {
        requireWritable(json);
        PrintWriter out = spec.commandLine().getOut();
        LiveLine live = new LiveLine(out, LiveLine.Mode.detected());
        LoadResult result;
        try {
            result = LoadRun.run(settings(), shownOn(live));
        } catch (InstanceFault fault) {
            live.end();
            spec.commandLine().getErr().println("load: " + fault.getMessage());
            return FAULT;
        }
        live.end();
        out.print(result.table());
        out.flush();
        if (json != null) {
            Files.writeString(json, result.json() + "\n");
        }
        return result.complete() ? 0 : NOT_ACCEPTED;
    }

    /** Before the run, whose result would be lost. */
    private void requireWritable(@Nullable Path file) {
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (Files.exists(file)
                ? !Files.isRegularFile(file) || !Files.isWritable(file)
                : folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new ParameterException(spec.commandLine(), "cannot write " + file);
        }
    }

    private LoadSettings settings() {
        try {
            Bounds defaults = Bounds.DEFAULT;
            return new LoadSettings(
                    instances.source().url(),
                    instances.target().url(),
                    new Pace(rate, Duration.ofSeconds(seconds)),
                    mix == null ? Mix.DEFAULT : Mix.parse(mix),
                    new Data(seed, run == null ? currentRun() : run, accounts),
                    new Bounds(
                            inFlight,
                            instances.source().requestTimeout(),
                            defaults.overrun(),
                            defaults.hydration(),
                            circuit.resilience(defaults.resilience())));
        } catch (IllegalArgumentException mistake) {
            throw new ParameterException(
                    spec.commandLine(), String.valueOf(mistake.getMessage()), mistake);
        }
    }

    private static int currentRun() {
        return Math.floorMod(Instant.now().getEpochSecond(), Integer.MAX_VALUE);
    }

    private static LoadObserver shownOn(LiveLine live) {
        return new LoadObserver() {
            @Override
            public void figures(LoadFigures figures) {
                live.show(line(figures));
            }
        };
    }

    static String line(LoadFigures figures) {
        LoadFigures.Counts counts = figures.counts();
        return String.format(
                Locale.ROOT,
                "%4d s %7.1f/s  ok %d  refused %d  no answer %d  in flight %d  held %d  p50 %.1f"
                        + " p99 %.1f ms",
                figures.elapsed().toSeconds(),
                figures.interval().answeredPerSecond(),
                counts.accepted(),
                counts.refused(),
                counts.unanswered(),
                figures.inFlight(),
                figures.held(),
                figures.interval().p50Ms(),
                figures.interval().p99Ms());
    }
}
