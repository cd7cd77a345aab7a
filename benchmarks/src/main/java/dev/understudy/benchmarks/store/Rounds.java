package dev.understudy.benchmarks.store;

import dev.understudy.schemas.event.ChangeEvent;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** All contenders one after another, several times, so that what changes slowly hits them alike. */
final class Rounds {
    private static final List<Integer> BATCH_ROWS = List.of(500, 2000, 5000);
    private static final int MAX_WARM_UP_ROWS = 40_000;
    private static final int TRIALS = 3;

    private final Server server;
    private final Stopwatch stopwatch;
    private final Contender ours;
    private final List<ChangeEvent> parents;
    private final List<ChangeEvent> children;
    private final List<ChangeEvent> all;
    private final List<ChangeEvent> changed;
    private final PrintWriter progress;
    private final Map<Contender, Integer> batchRows = new HashMap<>();
    private final List<Sample> samples = new ArrayList<>();
    private final Map<Work, Set<String>> checksums = new HashMap<>();

    Rounds(Server server, int connections, int rows, PrintWriter progress) {
        this.server = server;
        this.stopwatch = new Stopwatch(server, connections);
        this.ours = new StoreApply(server.pool());
        Accounts accounts = new Accounts(rows / 10);
        this.all = accounts.events(0, rows, 1);
        this.parents = all.subList(0, accounts.parents());
        this.children = all.subList(accounts.parents(), rows);
        this.changed = accounts.events(0, rows, 2);
        this.progress = progress;
    }

    /** Rounds of all contenders; these beside those that are always there. */
    List<Sample> run(int rounds, List<Contender> others) throws SQLException, InterruptedException {
        List<Contender> contenders =
                new ArrayList<>(
                        List.of(
                                new Upserts.Values(),
                                new Upserts.TextArrays(),
                                new Upserts.Arrays(),
                                new Copies.AndMerge()));
        contenders.addAll(others);
        contenders.add(ours);
        for (Contender contender : contenders) {
            chooseBatch(contender);
        }
        warmUpMissing();
        Contender bare = new Copies.Bare();
        batchRows.put(bare, BATCH_ROWS.getLast());
        for (int round = 1; round <= rounds; round++) {
            server.empty();
            measure(round, bare, Work.INSERT, children);
            for (Contender contender : contenders) {
                common(round, contender);
            }
            missing(round);
        }
        requireEqualTables();
        return samples;
    }

    /** The one of the best median; this also warms everything up. */
    private void chooseBatch(Contender contender) throws SQLException, InterruptedException {
        List<ChangeEvent> some = children.subList(0, Math.min(children.size(), MAX_WARM_UP_ROWS));
        Map<Integer, List<Double>> speeds = new TreeMap<>();
        BATCH_ROWS.forEach(rows -> speeds.put(rows, new ArrayList<>()));
        for (int trial = 0; trial <= TRIALS; trial++) {
            for (Map.Entry<Integer, List<Double>> batch : speeds.entrySet()) {
                server.empty();
                contenderLoads(parents);
                Measured measured = stopwatch.measure(contender, some, batch.getKey());
                if (trial > 0) {
                    batch.getValue().add(measured.rowsPerSecond());
                }
            }
        }
        speeds.entrySet().stream()
                .max(
                        Comparator.comparingDouble(
                                batch -> Comparison.Spread.of(batch.getValue()).median()))
                .ifPresent(fastest -> batchRows.put(contender, fastest.getKey()));
    }

    private void warmUpMissing() throws SQLException, InterruptedException {
        List<ChangeEvent> some = children.subList(0, Math.min(children.size(), MAX_WARM_UP_ROWS));
        for (int trial = 0; trial < TRIALS; trial++) {
            server.empty();
            stopwatch.measure(ours, some, batchRows.getOrDefault(ours, BATCH_ROWS.getLast()));
        }
    }

    private void contenderLoads(List<ChangeEvent> events)
            throws SQLException, InterruptedException {
        stopwatch.measure(new Upserts.Arrays(), events, BATCH_ROWS.getLast());
    }

    private void common(int round, Contender contender) throws SQLException, InterruptedException {
        server.empty();
        contenderLoads(parents);
        measure(round, contender, Work.INSERT, children);
        note(Work.INSERT);
        measure(round, contender, Work.UPDATE, changed);
        measure(round, contender, Work.STALE, all);
        note(Work.UPDATE);
    }

    /** Parents come after their children. */
    private void missing(int round) throws SQLException, InterruptedException {
        server.empty();
        List<ChangeEvent> parentsLast = new ArrayList<>(children);
        parentsLast.addAll(parents);
        measure(round, ours, Work.MISSING, parentsLast);
        note(Work.INSERT);
    }

    private void measure(int round, Contender contender, Work work, List<ChangeEvent> events)
            throws SQLException, InterruptedException {
        int rows = batchRows.getOrDefault(contender, 0);
        Measured measured = stopwatch.measure(contender, events, rows);
        samples.add(new Sample(round, contender, work, rows, measured));
        progress.printf(
                "%d round %d: %s, %s: %.0f rows/s%n",
                stopwatch.connections(),
                round,
                contender.name(),
                work.title(),
                measured.rowsPerSecond());
        progress.flush();
    }

    private void note(Work work) {
        checksums.computeIfAbsent(work, _ -> new HashSet<>()).add(server.checksum());
    }

    private void requireEqualTables() {
        checksums.forEach((work, sums) -> {
            if (sums.size() != 1) {
                throw new IllegalStateException(
                        "after '%s' the contenders' tables differ: %s"
                                .formatted(work.title(), sums));
            }
        });
    }
}
