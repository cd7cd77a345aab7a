package dev.understudy.benchmarks.store;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The store's speed; its last line is a JSON object of the ratios: least, median and most. */
@Command(
        name = "store",
        mixinStandardHelpOptions = true,
        description =
                "Measures the entity store beside hand-written upserts into the same table, on a"
                        + " PostgreSQL of its own.")
public final class StoreCommand implements Callable<Integer> {
    private static final int QUICK_ROWS = 4000;
    private static final int QUICK_WRITES = 100;

    @Option(
            names = "--rows",
            defaultValue = "400000",
            description = "Rows that each contender writes. Default: ${DEFAULT-VALUE}.")
    private int rows;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "How often each contender has its turn. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--connections",
            split = ",",
            defaultValue = "1,2",
            description = "Connections, and threads, that write. Default: ${DEFAULT-VALUE}.")
    private List<Integer> connections = List.of();

    @Option(
            names = "--slope",
            defaultValue = "0",
            paramLabel = "ROWS",
            description =
                    "Also fills an empty table with so many rows, to show how the speed changes.")
    private int slopeRows;

    @Option(
            names = "--writes",
            defaultValue = "3000",
            description =
                    "Single writes in a round, each with two references that are there, and as many"
                            + " with two that are missing; 0 for none. Default: ${DEFAULT-VALUE}.")
    private int writes;

    @Option(
            names = "--checked-sets",
            description = "Also measures the foreign key checked as a set, without its triggers.")
    private boolean checkedSets;

    @Option(names = "--quick", description = "One round of a few thousand rows, to try it out.")
    private boolean quick;

    @Spec private CommandSpec spec;

    private StoreCommand() {}

    @Override
    public Integer call() throws SQLException, InterruptedException, IOException {
        if (rows < 1000 || rounds < 1 || connections.stream().anyMatch(each -> each < 1)) {
            throw new ParameterException(
                    spec.commandLine(), "at least 1000 rows, 1 round and 1 connection");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter progress = spec.commandLine().getErr();
        Report report = new Report(out);
        int most = connections.stream().mapToInt(Integer::intValue).max().orElse(1);
        try (Server server = Server.open(most)) {
            out.printf(
                    "PostgreSQL %s, %d processors, load average at the start: %s%n",
                    server.version(), Runtime.getRuntime().availableProcessors(), load());
            for (int each : connections) {
                Rounds turns = new Rounds(server, each, quick ? QUICK_ROWS : rows, progress);
                List<Contender> others = checkedSets ? List.of(new CheckedSets()) : List.of();
                report.table(each, new Comparison(turns.run(quick ? 1 : rounds, others)));
            }
            if (writes > 0) {
                SingleWrites single = new SingleWrites(server, quick ? QUICK_WRITES : writes);
                report.writes(single.run(rounds));
            }
            if (slopeRows > 0) {
                report.slope(new Slope(server, progress).run(slopeRows));
            }
            out.println("load average at the end: " + load());
        }
        report.json();
        return 0;
    }

    private static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).strip();
    }
}
