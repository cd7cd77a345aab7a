package dev.understudy.cli.demo;

import dev.understudy.lob.client.Submission;
import dev.understudy.lob.report.ReportOutcome;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Act 2: replication is down and the target rejects references to what has not arrived. */
final class OutageWithoutPlaceholders implements Act {
    @Override
    public String title() {
        return "Act 2: synchronisation is down, without placeholders";
    }

    @Override
    public List<Check> play(Stage stage) {
        Cast cast = stage.cast();
        stage.sandbox().replicator().stop();
        stage.progress().say("replicator stopped");
        stage.sandbox().europe().restartWith(Map.of("UNDERSTUDY_ON_MISSING", "reject"));
        stage.progress().say("europe: restarted with the policy 'reject'");

        Entities.Created created = stage.script().entities().createRest(stage);
        stage.progress()
                .say(
                        "us: %,d new accounts and %,d new contacts created",
                        created.accounts(), created.contacts());
        stage.memory().keepRest(stage.app().readDirectory());
        Submission submission = stage.app().submitTickets(LateTickets.of(stage));
        stage.progress().say("europe: %,d tickets refused", submission.failed());
        submission.failures().stream()
                .flatMap(failure -> failure.samples().stream().limit(1))
                .forEach(sample -> stage.progress().say("  such as %s", sample));
        ReportOutcome outcome = stage.app().reportOn(submission);
        boolean generated = outcome instanceof ReportOutcome.Generated;
        if (outcome instanceof ReportOutcome.NotGenerated(String reason)) {
            stage.progress().say("report not generated: %s", reason);
        }
        return List.of(
                new Check("new accounts and contacts created", created.complete(), created.seen()),
                Check.count("tickets about them refused", cast.lateTickets(), submission.failed()),
                new Check(
                        "with a clear error",
                        submission.failuresByCode().keySet().equals(Set.of("MissingReference")),
                        submission.failuresByCode().toString()),
                new Check(
                        "report not generated",
                        !generated,
                        generated ? "generated" : "not generated"));
    }
}
