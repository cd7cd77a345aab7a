package dev.understudy.benchmarks.instance;

import dev.understudy.benchmarks.replicator.Infrastructure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.IntStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How turns are taken. */
final class TurnOptions {
    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "How often each has its turn. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--seconds",
            defaultValue = "4",
            description = "Length of a turn. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "8",
            description = "Seconds of each kind of write before. Default: ${DEFAULT-VALUE}.")
    private int warmUpSeconds;

    @Option(
            names = "--clients",
            defaultValue = "8",
            description = "That write at the same time. Default: ${DEFAULT-VALUE}.")
    private int clients;

    @Option(
            names = "--rate",
            defaultValue = "500",
            description =
                    "Writes per second where latencies are measured, whatever becomes of the earlier"
                            + " ones. Default: ${DEFAULT-VALUE}.")
    private int rate;

    private TurnOptions() {}

    void check(CommandSpec spec) {
        if (IntStream.of(rounds, seconds, warmUpSeconds, clients, rate)
                .anyMatch(each -> each < 1)) {
            throw new ParameterException(spec.commandLine(), "every number is from 1 up");
        }
    }

    int rounds() {
        return rounds;
    }

    Duration turn() {
        return Duration.ofSeconds(seconds);
    }

    Duration warmUp() {
        return Duration.ofSeconds(warmUpSeconds);
    }

    int clients() {
        return clients;
    }

    int rate() {
        return rate;
    }

    /** On what it is measured, as a line. */
    static String machine(Infrastructure infrastructure) throws SQLException, IOException {
        return "PostgreSQL %s, %d processors, load average at the start: %s"
                .formatted(
                        infrastructure.postgresVersion(),
                        Runtime.getRuntime().availableProcessors(),
                        load());
    }

    static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).strip();
    }
}
