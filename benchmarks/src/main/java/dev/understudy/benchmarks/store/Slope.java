package dev.understudy.benchmarks.store;

import dev.understudy.schemas.event.ChangeEvent;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * How the cost changes while the table grows: ours beside the same rows by COPY and INSERT SELECT,
 * whose slope is that of the table's indexes.
 */
record Slope(Server server, PrintWriter progress) {
    private static final int PARENTS = 100_000;
    private static final int STEPS = 10;
    private static final int BATCH_ROWS = 5000;

    /** One tenth of the rows, by hand and ours. */
    record Step(int rowsSoFar, Measured byHand, Measured ours) {
        double speed() {
            return ours.rowsPerSecond() / byHand.rowsPerSecond();
        }

        double serverCpu() {
            return ours.serverMicros() / byHand.serverMicros();
        }
    }

    List<Step> run(int rows) throws SQLException, InterruptedException {
        Measured[] byHand = fill(new Copies.AndMerge(), rows);
        Measured[] ours = fill(new StoreApply(server.pool()), rows);
        List<Step> steps = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            steps.add(new Step(PARENTS + (step + 1) * (rows / STEPS), byHand[step], ours[step]));
        }
        return steps;
    }

    private Measured[] fill(Contender contender, int rows)
            throws SQLException, InterruptedException {
        Stopwatch stopwatch = new Stopwatch(server, 1);
        Accounts accounts = new Accounts(PARENTS);
        server.empty();
        stopwatch.measure(contender, accounts.events(0, PARENTS, 1), BATCH_ROWS);
        Measured[] steps = new Measured[STEPS];
        for (int step = 0; step < STEPS; step++) {
            int from = PARENTS + step * (rows / STEPS);
            steps[step] = step(stopwatch, contender, accounts, from, from + rows / STEPS);
            progress.printf(
                    "%s, from row %d: %.0f rows/s, %.1f µs%n",
                    contender.name(),
                    from,
                    steps[step].rowsPerSecond(),
                    steps[step].serverMicros());
            progress.flush();
        }
        return steps;
    }

    /** In parts, so that not all events are in memory. */
    private static Measured step(
            Stopwatch stopwatch, Contender contender, Accounts accounts, int from, int to)
            throws SQLException, InterruptedException {
        Measured sum = new Measured(0, 0, 0, 0, 0);
        for (int part = from; part < to; part += PARENTS) {
            List<ChangeEvent> events = accounts.events(part, Math.min(part + PARENTS, to), 1);
            sum = sum.plus(stopwatch.measure(contender, events, BATCH_ROWS));
        }
        return sum;
    }
}
