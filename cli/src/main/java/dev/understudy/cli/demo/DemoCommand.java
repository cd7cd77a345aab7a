package dev.understudy.cli.demo;

import dev.understudy.cli.up.Ending;
import dev.understudy.cli.up.SandboxTable;
import dev.understudy.lob.LineOfBusiness;
import dev.understudy.sandbox.Sandbox;
import dev.understudy.sandbox.SandboxException;
import dev.understudy.sandbox.SandboxOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts everything and plays the mission. Exits 0 only if each act came out as said. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Plays the mission in four acts on real Kafka, registry and PostgreSQL, and checks every promise.")
public final class DemoCommand implements Callable<Integer> {
    private static final List<Act> ACTS =
            List.of(
                    new AllIsWell(),
                    new OutageWithoutPlaceholders(),
                    new OutageWithPlaceholders(),
                    new Recovery());

    @Spec private CommandSpec spec;

    @Option(
            names = "--accounts",
            defaultValue = "500",
            description = "accounts, at least 10 (${DEFAULT-VALUE})")
    private int accounts;

    @Option(
            names = "--contacts",
            defaultValue = "1500",
            description = "contacts, at least 10 (${DEFAULT-VALUE})")
    private int contacts;

    @Option(
            names = "--tickets",
            defaultValue = "2000",
            description = "tickets, at least 10 (${DEFAULT-VALUE})")
    private int tickets;

    @Option(
            names = "--seed",
            defaultValue = "42",
            description = "seed of the data (${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--reports",
            defaultValue = "demo-report",
            description = "folder for the acts' reports (${DEFAULT-VALUE})")
    private Path reports;

    @Option(
            names = "--keep-running",
            description = "leave the system up at the end, and print its URLs")
    private boolean keepRunning;

    @Option(
            names = "--base-port",
            defaultValue = "0",
            description = "first of nine fixed ports; 0 takes free ones (${DEFAULT-VALUE})")
    private int basePort;

    @Override
    public Integer call() throws SQLException, InterruptedException {
        Cast cast = cast();
        PrintWriter out = spec.commandLine().getOut();
        try (Ending ending = Ending.onSignal(out)) {
            try {
                return play(cast, new Progress(out)) ? 0 : 1;
            } catch (SandboxException e) {
                if (!ending.hasBegun()) {
                    throw e;
                }
                return 1;
            }
        }
    }

    private boolean play(Cast cast, Progress progress) throws SQLException, InterruptedException {
        progress.say(
                "Understudy demo: %,d accounts, %,d contacts, %,d tickets, seed %d",
                accounts, contacts, tickets, seed);
        progress.say(
                "starting Kafka, Schema Registry, two PostgreSQL servers, us, europe and the replicator");
        try (Sandbox sandbox = Sandbox.open(SandboxOptions.defaults().withBasePort(basePort));
                LineOfBusiness app =
                        LineOfBusiness.between(
                                sandbox.us().baseUrl(), sandbox.europe().baseUrl())) {
            progress.say("everything is up; logs are in %s", sandbox.directory());
            List<ActOutcome> outcomes = play(new Stage(sandbox, app, cast, reports, progress));
            progress.show(OutcomeTable.render(outcomes));
            boolean asSaid = outcomes.stream().allMatch(ActOutcome::asSaid);
            progress.say(
                    asSaid
                            ? "Each act came out as said."
                            : "The demo FAILED: see the marked lines above.");
            if (keepRunning) {
                progress.show(SandboxTable.of(sandbox) + "Ctrl-C stops it.");
                new CountDownLatch(1).await();
            }
            return asSaid;
        }
    }

    private Cast cast() {
        try {
            return new Cast(accounts, contacts, tickets, seed);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static List<ActOutcome> play(Stage stage) throws SQLException {
        List<ActOutcome> outcomes = new ArrayList<>();
        for (Act act : ACTS) {
            Duration begun = stage.progress().elapsed();
            stage.progress().say("%s", act.title());
            List<Check> checks = act.play(stage);
            outcomes.add(
                    new ActOutcome(act.title(), checks, stage.progress().elapsed().minus(begun)));
        }
        return outcomes;
    }
}
