package dev.understudy.cli.demo;

import dev.understudy.cli.comparison.TableComparison;
import dev.understudy.lob.report.ProblemTicketReport;
import java.sql.SQLException;
import java.util.List;

/** Act 4: the replicator is back; placeholders are hydrated, and owner and replica are equal. */
final class Recovery implements Act {
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
        Cast cast = stage.cast();
        long waiting = placeholders(stage);
        long hydratedBefore = stage.countAtTarget(HYDRATED);
        stage.sandbox().replicator().start();
        stage.progress().say("replicator started");
        List<TableComparison> tables = stage.awaitConvergence();
        long placeholders = placeholders(stage);
        long hydrated = stage.countAtTarget(HYDRATED) - hydratedBefore;
        stage.progress()
                .say(
                        "europe: %,d placeholders were hydrated, %,d are left",
                        hydrated, placeholders);
        ProblemTicketReport report = stage.app().report();
        stage.keep("act-4-recovery", report);
        return List.of(
                Replicas.equal(tables),
                Replicas.rows(tables, "account", cast.accounts()),
                Replicas.rows(tables, "contact", cast.contacts()),
                Check.count("ticket rows", cast.tickets(), stage.countAtTarget("ticket", 'h')),
                new Check(
                        "every placeholder hydrated",
                        placeholders == 0 && waiting > 0 && hydrated >= waiting,
                        "%,d hydrated, %,d left".formatted(hydrated, placeholders)),
                new Check(
                        "report complete",
                        report.complete() && !report.rows().isEmpty(),
                        "%,d problem tickets".formatted(report.rows().size())));
    }

    private static long placeholders(Stage stage) throws SQLException {
        return stage.countAtTarget("account", 'p') + stage.countAtTarget("contact", 'p');
    }
}
