package dev.understudy.chaos;

import dev.understudy.chaos.fault.FaultKind;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A run as a command. Exits 0 only if no guarantee was violated, and enough was done. */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        description = {
            "Runs everything under load, breaks one part after the other, and judges the guarantees.",
            "The last line is JSON; exits 1 on a violation, or if too little was done."
        })
public final class ChaosCommand implements Callable<Integer> {
    private static final double MS_PER_MINUTE = 60_000;

    @Spec private CommandSpec spec;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "chooses what is written, what is broken, and when (${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--minutes",
            defaultValue = "3",
            description =
                    "for how long things are broken, such as 0.5; starting and judging come on top"
                            + " (${DEFAULT-VALUE})")
    private double minutes;

    @Option(
            names = "--faults",
            split = ",",
            paramLabel = "KIND",
            description = "only these kinds of faults: ${COMPLETION-CANDIDATES}")
    private List<FaultKind> kinds = List.of(FaultKind.values());

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        return ChaosRun.run(settings(), out).passed() ? 0 : 1;
    }

    private ChaosSettings settings() {
        try {
            EnumSet<FaultKind> some = EnumSet.copyOf(kinds);
            return new ChaosSettings(
                    seed,
                    Duration.ofMillis(Math.round(minutes * MS_PER_MINUTE)),
                    some,
                    Minimums.of(minutes, some));
        } catch (IllegalArgumentException mistake) {
            throw new ParameterException(
                    spec.commandLine(), String.valueOf(mistake.getMessage()), mistake);
        }
    }
}
