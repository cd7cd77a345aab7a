package dev.understudy.benchmarks.replicator;

import dev.understudy.benchmarks.replicator.JdbcSinks.Batches;
import dev.understudy.benchmarks.replicator.Workload.Order;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How fast a topic is taken in; its last line is a JSON object of the ratios. */
@Command(
        name = "throughput",
        mixinStandardHelpOptions = true,
        description =
                "Takes a preloaded topic in: the replicator with foreign keys on, beside Debezium's"
                        + " sink and a plain loop without, and beside the same rows without Kafka.")
public final class ThroughputCommand implements Callable<Integer> {
    private static final Duration WITH_FOREIGN_KEY = Duration.ofSeconds(30);

    @Option(
            names = "--rows",
            defaultValue = "400000",
            description = "Accounts, each inserted and then updated. Default: ${DEFAULT-VALUE}.")
    private int rows;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "How often each contender has its turn. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--threads",
            defaultValue = "2",
            description =
                    "Threads of the replicator and of the plain loop. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(
            names = "--seconds",
            defaultValue = "180",
            description = "After which a contender is given up. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--without-peers", description = "Without Debezium's sink; downloads nothing.")
    private boolean withoutPeers;

    @Option(
            names = "--peer",
            paramLabel = "DIR",
            description = "Also the JDBC sink for Kafka Connect whose jars are in this folder.")
    private List<Path> plugins = List.of();

    @Option(
            names = "--only",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Only peers whose name has this in it.")
    private String only = "";

    @Spec private CommandSpec spec;

    private ThroughputCommand() {}

    @Override
    public Integer call() throws Exception {
        if (rows < 10_000 || rounds < 1 || threads < 1) {
            throw new ParameterException(
                    spec.commandLine(), "at least 10000 rows, 1 round and 1 thread");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter progress = spec.commandLine().getErr();
        List<ConnectSink> peers = peers();
        if (!peers.isEmpty()) {
            Peers.require(progress);
        }
        try (Infrastructure infrastructure = Infrastructure.open()) {
            out.printf(
                    "PostgreSQL %s, %d processors, load average at the start: %s%n",
                    infrastructure.postgresVersion(),
                    Runtime.getRuntime().availableProcessors(),
                    load());
            Race race = race(infrastructure, Order.SHUFFLED);
            Race late = race(infrastructure, Order.CHILDREN_FIRST);
            RawLimit limit = new RawLimit(infrastructure, race.workload());
            Ours ours = new Ours(1, threads);
            Report report =
                    new Report(
                            out,
                            rows,
                            TopicContent.checksum(infrastructure, race.workload().owner()));
            for (int round = 1; round <= rounds; round++) {
                report.limit(limit.run());
                for (Contender contender : contenders(ours, peers)) {
                    progress.printf("round %d: %s%n", round, contender.name());
                    progress.flush();
                    report.add(race.run(contender));
                }
                report.childrenFirst(late.run(ours));
            }
            for (ConnectSink peer : peers) {
                progress.printf("%s, with a foreign key%n", peer.name());
                progress.flush();
                report.withForeignKey(race.withLimit(WITH_FOREIGN_KEY).run(peer.withForeignKey()));
            }
            report.print();
            out.println("load average at the end: " + load());
            out.println(report.json());
            out.flush();
            return report.oursAreRight() ? 0 : 1;
        }
    }

    private List<ConnectSink> peers() throws IOException {
        List<ConnectSink> peers = new ArrayList<>();
        if (!withoutPeers) {
            peers.add(JdbcSinks.debezium(Batches.JDBC));
            peers.add(JdbcSinks.debezium(Batches.UNNEST));
        }
        for (Path folder : plugins) {
            peers.add(JdbcSinks.in(folder));
        }
        return peers.stream().filter(each -> each.name().contains(only)).toList();
    }

    private List<Contender> contenders(Ours ours, List<ConnectSink> peers) {
        List<Contender> contenders = new ArrayList<>(List.of(ours));
        PlainLoop loop = new PlainLoop(threads);
        if (loop.name().contains(only)) {
            contenders.add(loop);
        }
        contenders.addAll(peers);
        return contenders;
    }

    private Race race(Infrastructure infrastructure, Order order)
            throws InterruptedException, ExecutionException {
        return Race.over(infrastructure, Workload.of(rows, order), Duration.ofSeconds(seconds));
    }

    private static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).strip();
    }
}
