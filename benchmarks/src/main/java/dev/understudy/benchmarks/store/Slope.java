package dev.understudy.benchmarks.store;

import dev.understudy.schemas.event.ChangeEvent;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;

/** How the speed changes while the table grows, ours beside the binary arrays. */
record Slope(Server server, PrintWriter progress) {
    private static final int PARENTS = 100_000;
    private static final int STEPS = 10;
    private static final int BATCH_ROWS = 2000;

    void run(int rows, PrintWriter out) throws SQLException, InterruptedException {
        Measured[] raw = fill(new Upserts.Arrays(), rows);
        Measured[] ours = fill(new StoreApply(server.pool()), rows);
        out.printf("%n%12s %12s %12s %8s%n", "rows so far", "by hand", "ours", "ratio");
        for (int step = 0; step < STEPS; step++) {
            out.printf(
                    "%12d %12.0f %12.0f %8.2f%n",
                    PARENTS + (step + 1) * (rows / STEPS),
                    raw[step].rowsPerSecond(),
                    ours[step].rowsPerSecond(),
                    ours[step].rowsPerSecond() / raw[step].rowsPerSecond());
        }
        out.flush();
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
            List<ChangeEvent> events = accounts.events(from, from + rows / STEPS, 1);
            steps[step] = stopwatch.measure(contender, events, BATCH_ROWS);
            progress.printf(
                    "%s, from row %d: %.0f rows/s%n",
                    contender.name(), from, steps[step].rowsPerSecond());
            progress.flush();
        }
        return steps;
    }
}
