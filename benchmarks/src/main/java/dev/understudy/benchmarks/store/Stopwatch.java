package dev.understudy.benchmarks.store;

import com.sun.management.OperatingSystemMXBean;
import dev.understudy.schemas.event.ChangeEvent;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Lets a contender write rows over some connections, and measures it. */
record Stopwatch(Server server, int connections) {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /** The batches in turns over the connections, each of which has a thread. */
    Measured measure(Contender contender, List<ChangeEvent> events, int batchRows)
            throws SQLException, InterruptedException {
        List<List<ChangeEvent>> batches = batches(events, batchRows);
        long wal = server.walBytes();
        double serverCpu = server.cpuSeconds();
        long clientCpu = SYSTEM.getProcessCpuTime();
        long start = System.nanoTime();
        write(contender, batches);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Measured(
                events.size(),
                seconds,
                server.cpuSeconds() - serverCpu,
                (SYSTEM.getProcessCpuTime() - clientCpu) / 1e9,
                server.walBytes() - wal);
    }

    private void write(Contender contender, List<List<ChangeEvent>> batches)
            throws SQLException, InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            List<Future<?>> parts = new ArrayList<>();
            for (int part = 0; part < connections; part++) {
                int first = part;
                parts.add(
                        threads.submit(() -> {
                            for (int i = first; i < batches.size(); i += connections) {
                                contender.write(server.pool(), batches.get(i));
                            }
                            return null;
                        }));
            }
            for (Future<?> part : parts) {
                part.get();
            }
        } catch (ExecutionException e) {
            throw new SQLException(contender.name() + " failed: " + e.getCause(), e);
        }
    }

    private static List<List<ChangeEvent>> batches(List<ChangeEvent> events, int batchRows) {
        List<List<ChangeEvent>> batches = new ArrayList<>();
        for (int from = 0; from < events.size(); from += batchRows) {
            batches.add(events.subList(from, Math.min(from + batchRows, events.size())));
        }
        return batches;
    }
}
