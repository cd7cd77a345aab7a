package dev.understudy.benchmarks.replicator;

import dev.understudy.benchmarks.replicator.Workload.Order;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How the rate changes with its threads, processes and rows; its last line is a JSON object. */
@Command(
        name = "scale",
        mixinStandardHelpOptions = true,
        description =
                "Takes a preloaded topic of four partitions in with more and more threads and"
                        + " processes, and into tables in which more and more rows are.")
public final class ScaleCommand implements Callable<Integer> {
    @Option(
            names = "--rows",
            defaultValue = "400000",
            description = "Accounts, each inserted and then updated. Default: ${DEFAULT-VALUE}.")
    private int rows;

    @Option(
            names = "--rounds",
            defaultValue = "1",
            description = "How often each has its turn. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--shapes",
            split = ",",
            paramLabel = "PxT",
            defaultValue = "1x1,1x2,2x1,1x4,2x2",
            description =
                    "Processes times stream threads of each; the others are compared with the"
                            + " first. Default: ${DEFAULT-VALUE}.")
    private List<String> shapes = List.of();

    @Option(
            names = "--present",
            split = ",",
            paramLabel = "ROWS",
            description =
                    "Also, with one process of two threads: rows that are in the table before."
                            + " 10,000,000 take some minutes and 10 GB.")
    private List<Long> present = List.of();

    @Spec private CommandSpec spec;

    private ScaleCommand() {}

    @Override
    public Integer call() throws Exception {
        if (rows < 10_000 || rounds < 1) {
            throw new ParameterException(spec.commandLine(), "at least 10000 rows and 1 round");
        }
        List<Contender> contenders = contenders();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter progress = spec.commandLine().getErr();
        try (Infrastructure infrastructure = Infrastructure.open()) {
            Race race =
                    Race.over(
                            infrastructure,
                            Workload.of(rows, Order.SHUFFLED),
                            Duration.ofMinutes(5));
            ScaleReport report =
                    new ScaleReport(
                            rows, TopicContent.checksum(infrastructure, race.workload().owner()));
            for (int round = 1; round <= rounds; round++) {
                for (Contender contender : contenders) {
                    progress.printf("round %d: %s%n", round, contender.name());
                    progress.flush();
                    report.add(race.run(contender));
                }
            }
            report.print(out);
            out.println(report.json());
            out.flush();
            return report.allAreRight() ? 0 : 1;
        }
    }

    private List<Contender> contenders() {
        List<Contender> contenders = new ArrayList<>();
        for (String shape : shapes) {
            if (!shape.matches("[1-9]x[1-9]\\d?")) {
                throw new ParameterException(spec.commandLine(), shape + " is no shape as 1x2");
            }
            String[] parts = shape.split("x", -1);
            contenders.add(new Ours(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])));
        }
        for (long many : present) {
            contenders.add(new AmongMany(new Ours(1, 2), many));
        }
        return contenders;
    }
}
