package dev.understudy.benchmarks.replicator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A contender's JVM, a process of its own: what it spends, and what it printed. */
public final class Worker implements AutoCloseable {
    private static final double TICKS_PER_SECOND = 100;
    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;
    private static final int LINES_TOLD = 5;
    private static final Duration STOPPING = Duration.ofSeconds(10);

    private final Process process;
    private final Path log;
    private final long startedNs;

    private Worker(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.startedNs = System.nanoTime();
    }

    /**
     * Starts a JVM, ended at the latest with this one.
     *
     * @param what its options, and what it runs
     */
    public static Worker start(String name, List<String> what, Map<String, String> environment) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(what);
        try {
            Path log = Files.createTempFile(name.replaceAll("\\W+", "-") + "-", ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .redirectInput(Path.of("/dev/null").toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new Worker(process, log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    long startedNs() {
        return startedNs;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** User and system, of all threads, its compilers and collectors included. */
    public double cpuSeconds() {
        String stat = read("stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]))
                / TICKS_PER_SECOND;
    }

    /** The most memory that it ever had resident. */
    long peakMemoryMb() {
        for (String line : read("status").split("\n", -1)) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        }
        throw new IllegalStateException("no VmHWM in the status of " + process.pid());
    }

    /** Why it failed, as far as it said so: the last cause, else its last lines. */
    public String told() {
        try (Stream<String> printed = Files.lines(log)) {
            List<String> lines = printed.toList();
            for (int i = lines.size() - 1; i >= 0; i--) {
                if (lines.get(i).startsWith("Caused by: ")) {
                    return lines.get(i);
                }
            }
            return String.join(
                    "\n", lines.subList(Math.max(0, lines.size() - LINES_TOLD), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOPPING.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Files.deleteIfExists(log);
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read(String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
        } catch (IOException e) {
            throw new UncheckedIOException("the process has ended:\n" + told(), e);
        }
    }
}
