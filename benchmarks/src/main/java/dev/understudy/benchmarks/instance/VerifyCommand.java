package dev.understudy.benchmarks.instance;

import dev.understudy.benchmarks.replicator.Infrastructure;
import dev.understudy.benchmarks.replicator.Worker;
import dev.understudy.sandbox.Database;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What it costs to compare owner and replica; its last line is a JSON object of the figures. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description =
                "Fills an owner and a replica with the same accounts but for one row, and lets"
                        + " `understudy verify` find that, with both services running.")
public final class VerifyCommand implements Callable<Integer> {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    @Option(
            names = "--rows",
            defaultValue = "10000000",
            description = "Accounts on each side. Default: ${DEFAULT-VALUE}.")
    private long rows;

    @Spec private CommandSpec spec;

    private VerifyCommand() {}

    @Override
    public Integer call() throws Exception {
        if (rows < 1000) {
            throw new ParameterException(spec.commandLine(), "at least 1000 rows");
        }
        PrintWriter out = spec.commandLine().getOut();
        try (Infrastructure infrastructure = Infrastructure.open()) {
            Database us = infrastructure.freshDatabase();
            Database europe = infrastructure.freshDatabase();
            String replicas = "us.contoso.crm.Account,us.contoso.crm.Contact";
            try (ServiceProcess owner =
                            ServiceProcess.shipped(
                                    "source-instance",
                                    ServiceProcess.environment(
                                            infrastructure, us, "us", replicas));
                    ServiceProcess replica =
                            ServiceProcess.shipped(
                                    "target-instance",
                                    ServiceProcess.environment(
                                            infrastructure,
                                            europe,
                                            "europe",
                                            replicas + ",europe.contoso.crm.Ticket"))) {
                fill(us, europe);
                return verify(infrastructure, owner, replica, out);
            }
        }
    }

    private void fill(Database us, Database europe) throws Exception {
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            List<Future<Object>> filled =
                    both.invokeAll(
                            List.of(
                                    () -> {
                                        new AccountTable(us).fill(rows);
                                        return true;
                                    },
                                    () -> {
                                        new AccountTable(europe).fill(rows);
                                        return true;
                                    }));
            for (Future<Object> each : filled) {
                each.get();
            }
        }
        new AccountTable(europe).corrupt(rows / 3);
    }

    private int verify(
            Infrastructure infrastructure,
            ServiceProcess owner,
            ServiceProcess replica,
            PrintWriter out) {
        double postgres = infrastructure.postgresCpuSeconds();
        double services = owner.worker().cpuSeconds() + replica.worker().cpuSeconds();
        long start = System.nanoTime();
        String cli =
                Path.of(System.getProperty("understudy.home", "."), "cli/target/cli.jar")
                        .toAbsolutePath()
                        .toString();
        try (Worker verify =
                Worker.start(
                        "verify",
                        List.of(
                                "-XX:TieredStopAtLevel=1",
                                "-jar",
                                cli,
                                "verify",
                                "--owner=" + owner.base(),
                                "--replica=" + replica.base(),
                                "--replicator=" + replica.base(),
                                "--type=contoso.crm.Account",
                                "--wait=5"),
                        Map.of())) {
            while (verify.isAlive()) {
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            double postgresCpu = infrastructure.postgresCpuSeconds() - postgres;
            double servicesCpu =
                    owner.worker().cpuSeconds() + replica.worker().cpuSeconds() - services;
            out.println(verify.told());
            out.printf(
                    Locale.ROOT,
                    "%,d rows on each side: %.1f s; CPU: PostgreSQL %.1f s (%.1f µs a row of a side),"
                            + " services %.1f s%n",
                    rows,
                    seconds,
                    postgresCpu,
                    postgresCpu * 1e6 / (2 * rows),
                    servicesCpu);
            out.printf(
                    Locale.ROOT,
                    "{\"seconds\": %.1f, \"postgresCpuSeconds\": %.1f, \"servicesCpuSeconds\": %.1f}%n",
                    seconds,
                    postgresCpu,
                    servicesCpu);
            out.flush();
            return 0;
        }
    }
}
