package dev.understudy.cli.demo;

import dev.understudy.lob.client.Circuit;
import dev.understudy.lob.client.InstanceFault;
import dev.understudy.lob.contoso.Directory;
import dev.understudy.lob.report.ProblemTicketReport;
import dev.understudy.store.digest.TypeVerdict;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * Act 4: the source and the replicator are back; the circuit closes by itself, placeholders are
 * hydrated, and owner and replica are equal.
 */
final class Recovery implements Act {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(100);
    private static final String HYDRATED =
            """
            SELECT (SELECT count(*) FROM contoso_crm.account WHERE _state = 'h' AND _placed_at IS NOT NULL)
                 + (SELECT count(*) FROM contoso_crm.contact WHERE _state = 'h' AND _placed_at IS NOT NULL)\
            """;

    @Override
    public String title() {
        return "Act 4: recovery";
    }

    @Override
    public List<Check> play(Stage stage) throws SQLException {
        long waiting = stage.placeholdersAtTarget();
        long hydratedBefore = stage.countAtTarget(HYDRATED);
        Circuit circuit = stage.app().sourceCircuit();
        CompletableFuture<Void> replicator =
                CompletableFuture.runAsync(() -> stage.sandbox().replicator().start());
        stage.sandbox().us().start();
        stage.progress().say("us started");
        Check closed = circuitCloses(stage, circuit);
        replicator.join();
        stage.progress().say("replicator started");

        List<TypeVerdict> verdicts = stage.awaitConvergence();
        long left = stage.placeholdersAtTarget();
        long leftAtSource = stage.placeholdersAtSource();
        long hydrated = stage.countAtTarget(HYDRATED) - hydratedBefore;
        stage.progress()
                .say("europe: %,d placeholders were hydrated, %,d are left", hydrated, left);
        Directory owned = stage.app().readDirectory();
        ProblemTicketReport report = stage.app().report();
        stage.keep("act-4-recovery", report);

        List<Check> checks = new ArrayList<>();
        checks.add(closed);
        checks.add(Replicas.equal(verdicts));
        checks.add(replicated(stage, "account", owned.accounts().size()));
        if (!owned.contacts().isEmpty()) {
            checks.add(replicated(stage, "contact", owned.contacts().size()));
        }
        checks.add(
                Check.count(
                        "ticket rows", stage.cast().tickets(), stage.countAtTarget("ticket", 'h')));
        checks.add(
                new Check(
                        "every placeholder hydrated",
                        left == leftAtSource && waiting > left && hydrated >= waiting - left,
                        "%,d hydrated, %,d left".formatted(hydrated, left)
                                + (leftAtSource == 0
                                        ? ""
                                        : ", which the source does not have either")));
        checks.add(
                new Check(
                        "report complete",
                        report.complete() && !report.rows().isEmpty(),
                        "%,d problem tickets".formatted(report.rows().size())));
        return checks;
    }

    /** The app does nothing for it but go on asking. */
    private static Check circuitCloses(Stage stage, Circuit before) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!(stage.app().sourceCircuit() instanceof Circuit.Closed)
                && Instant.now().isBefore(deadline)) {
            LockSupport.parkNanos(BETWEEN_QUESTIONS.toNanos());
            try {
                stage.app().readDirectory();
            } catch (InstanceFault _) {
                // Not sent, or a probe that failed: the circuit says which.
            }
        }
        Circuit after = stage.app().sourceCircuit();
        stage.progress().say("app: the circuit to us is %s", after.words());
        boolean held = !(before instanceof Circuit.Closed) && after instanceof Circuit.Closed;
        return new Check(
                "circuit closes by itself",
                held,
                held
                        ? "after %.1f s"
                                .formatted(
                                        Duration.between(before.since(), after.since()).toMillis()
                                                / 1000.0)
                        : before.words() + "; " + after.words());
    }

    private static Check replicated(Stage stage, String table, int owned) throws SQLException {
        return Check.count(table + " rows replicated", owned, stage.countAtTarget(table, 'h'));
    }
}
