package dev.understudy.benchmarks.instance;

import dev.understudy.benchmarks.replicator.Infrastructure;
import dev.understudy.sandbox.Database;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What publishing costs an owner; its last line is a JSON object of ratios and latencies. */
@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        description =
                "Writes accounts to an owner that publishes and to one that does not, in turns, and"
                        + " tells how soon after its commit a change is in Kafka.")
public final class PublishCommand implements Callable<Integer> {
    private static final String MAIN = "dev.understudy.source.SourceInstance";
    private static final int DIRECT_FROM = 500_000_000;
    private static final int PACED_CLIENTS = 32;

    @Mixin private TurnOptions options;

    @Option(
            names = "--latency-seconds",
            defaultValue = "30",
            description = "How long that is kept up. Default: ${DEFAULT-VALUE}.")
    private int latencySeconds;

    @Spec private CommandSpec spec;

    private PublishCommand() {}

    /** One of the two owners, and how far its accounts are. */
    private static final class Owner implements AutoCloseable {
        private final ServiceProcess process;
        private final Database database;
        private final boolean publishes;
        private int web;
        private int direct = DIRECT_FROM;

        private Owner(Infrastructure infrastructure, String name, boolean publishes)
                throws SQLException {
            this.publishes = publishes;
            database = infrastructure.freshDatabase();
            process =
                    ServiceProcess.instance(
                            "source-instance",
                            MAIN,
                            ServiceProcess.environment(
                                    infrastructure,
                                    database,
                                    name,
                                    "%1$s.contoso.crm.Account,%1$s.contoso.crm.Contact"
                                            .formatted(name)),
                            "UNDERSTUDY_PUBLISHING_ENABLED",
                            String.valueOf(publishes));
        }

        private Load overHttp(int clients, Duration length) throws InterruptedException {
            Client.Maker writes = WebWrites.single(process.base(), Work.accounts(web));
            Load load = new Clients(clients, writes).closed(length);
            web += (int) load.rows();
            return load;
        }

        private Load directly(int clients, Duration length)
                throws IOException, InterruptedException {
            Load load = process.direct("pipeline", clients, length, Work.accounts(direct));
            direct += (int) load.rows();
            return load;
        }

        private double published() throws IOException, InterruptedException {
            return publishes ? process.metric("understudy_publishing_published_total") : 0;
        }

        /** Of the owner's own metric, which is of the last half minute. */
        private double acknowledgedMs(String quantile) throws IOException, InterruptedException {
            return 1000
                    * process.metric(
                            "understudy_publishing_latency_seconds{quantile=\"%s\"}"
                                    .formatted(quantile));
        }

        private void awaitPublished(double all) {
            process.await("all is published", () -> !publishes || published() >= all);
        }

        @Override
        public void close() {
            process.close();
        }
    }

    @Override
    public Integer call() throws Exception {
        options.check(spec);
        PrintWriter out = spec.commandLine().getOut();
        Turns turns = new Turns(spec.commandLine().getErr());
        try (Infrastructure infrastructure = Infrastructure.open();
                Owner on = new Owner(infrastructure, "on", true);
                Owner off = new Owner(infrastructure, "off", false)) {
            out.println(TurnOptions.machine(infrastructure));
            for (Owner owner : List.of(on, off)) {
                owner.overHttp(options.clients(), options.warmUp());
                owner.directly(options.clients(), options.warmUp());
            }
            for (int round = 0; round < options.rounds(); round++) {
                List<Owner> order = round % 2 == 0 ? List.of(on, off) : List.of(off, on);
                for (Owner owner : order) {
                    turn(infrastructure, owner, turns);
                }
            }
            turns.speed("writes over HTTP: published / not", "HTTP, published", "HTTP, not");
            turns.cpu("processors of these", "HTTP, published", "HTTP, not");
            turns.speed("writes without HTTP: published / not", "direct, published", "direct, not");
            turns.cpu("processors of those", "direct, published", "direct, not");
            turns.print(out);
            String latency = latency(infrastructure, on, out);
            out.println("load average at the end: " + TurnOptions.load());
            out.println("{" + turns.json() + ", " + latency + "}");
            out.flush();
            return 0;
        }
    }

    private void turn(Infrastructure infrastructure, Owner owner, Turns turns)
            throws SQLException, IOException, InterruptedException {
        String kind = owner.publishes ? "published" : "not";
        double before = owner.published();
        turns.add(
                "HTTP, " + kind,
                Turn.of(
                        infrastructure,
                        owner.process,
                        () -> owner.overHttp(options.clients(), options.turn()),
                        rows -> owner.awaitPublished(before + rows)));
        double between = owner.published();
        turns.add(
                "direct, " + kind,
                Turn.of(
                        infrastructure,
                        owner.process,
                        () -> owner.directly(options.clients(), options.turn()),
                        rows -> owner.awaitPublished(between + rows)));
    }

    private String latency(Infrastructure infrastructure, Owner owner, PrintWriter out)
            throws SQLException, IOException, InterruptedException {
        try (Arrivals arrivals =
                new Arrivals(infrastructure.bootstrapServers(), "on.contoso.crm.Account")) {
            Client.Maker writes = WebWrites.single(owner.process.base(), Work.accounts(owner.web));
            Load load =
                    new Clients(PACED_CLIENTS, writes)
                            .paced(options.rate(), Duration.ofSeconds(latencySeconds));
            owner.process.await("all are read", () -> arrivals.count() >= load.rows());
            Percentiles since = arrivals.sinceCommit(owner.database);
            double p50 = owner.acknowledgedMs("0.5");
            double p99 = owner.acknowledgedMs("0.99");
            out.printf(
                    "%n%d writes/s, %d writes%32s %8s %8s %8s%n",
                    options.rate(), load.rows(), "p50 ms", "p99 ms", "p99.9 ms", "max ms");
            line(out, "from when a write was due to its answer", load.latency());
            out.printf(
                    Locale.ROOT,
                    "%-46s %8.1f %8.1f   (of the last 30 s)%n",
                    "from its commit to Kafka's acknowledgement",
                    p50,
                    p99);
            line(out, "from its commit until it is read from Kafka", since);
            return String.format(
                    Locale.ROOT,
                    "\"commit to acknowledgement, ms\": {\"p50\": %.2f, \"p99\": %.2f},"
                            + " \"commit to reader, ms\": {\"p50\": %.2f, \"p99\": %.2f, \"max\":"
                            + " %.2f}",
                    p50,
                    p99,
                    since.p50(),
                    since.p99(),
                    since.max());
        }
    }

    private static void line(PrintWriter out, String what, Percentiles latency) {
        out.printf(
                Locale.ROOT,
                "%-46s %8.1f %8.1f %8.1f %8.1f%n",
                what,
                latency.p50(),
                latency.p99(),
                latency.p999(),
                latency.max());
    }
}
