package dev.understudy.benchmarks.instance;

import dev.understudy.benchmarks.replicator.Infrastructure;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What missing references cost a write; its last line is a JSON object of the ratios. */
@Command(
        name = "write-path",
        mixinStandardHelpOptions = true,
        description =
                "Writes tickets whose two references are missing beside tickets whose references are"
                        + " there, and beside an instance that rejects the first, in turns.")
public final class WritePathCommand implements Callable<Integer> {
    @Mixin private TurnOptions options;

    @Option(
            names = "--bulk",
            defaultValue = "100",
            description = "Tickets of one bulk write. Default: ${DEFAULT-VALUE}.")
    private int bulk;

    @Option(
            names = "--hydration",
            description =
                    "Placeholders ask for their entities, though no owner is there to answer.")
    private boolean hydration;

    @Spec private CommandSpec spec;

    private WritePathCommand() {}

    @Override
    public Integer call() throws Exception {
        options.check(spec);
        if (bulk < 1) {
            throw new ParameterException(spec.commandLine(), "a bulk write has 1 ticket or more");
        }
        PrintWriter out = spec.commandLine().getOut();
        Turns turns = new Turns(spec.commandLine().getErr());
        try (Infrastructure infrastructure = Infrastructure.open();
                TargetServices services =
                        new TargetServices(infrastructure, String.valueOf(hydration))) {
            out.println(TurnOptions.machine(infrastructure));
            WritePath path =
                    new WritePath(
                            infrastructure,
                            services,
                            new WritePath.Pace(
                                    options.clients(), options.rate(), bulk, options.turn()),
                            turns);
            path.warmUp(options.warmUp());
            path.alone(options.rounds());
            path.besideReplicator(options.rounds());
            path.ratios();
            turns.print(out);
            out.printf(
                    "%d of the tickets' accounts were placeholders, %d still are%n",
                    services.count("account", "_placed_at IS NOT NULL"),
                    services.count("account", "_state = 'p'"));
            out.println("load average at the end: " + TurnOptions.load());
            out.println("{" + turns.json() + "}");
            out.flush();
            return 0;
        }
    }
}
