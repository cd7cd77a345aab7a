package dev.understudy.cli.demo;

import dev.understudy.cli.demo.Stage.Script;
import dev.understudy.cli.up.Ending;
import dev.understudy.cli.up.SandboxTable;
import dev.understudy.lob.LineOfBusiness;
import dev.understudy.lob.dataimport.ImportFault;
import dev.understudy.sandbox.Platform;
import dev.understudy.sandbox.RunMode;
import dev.understudy.sandbox.Sandbox;
import dev.understudy.sandbox.SandboxException;
import dev.understudy.sandbox.SandboxOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
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

    private static final int DEFAULT_CONTACTS = 1500;

    @Spec private CommandSpec spec;

    @Option(
            names = "--accounts",
            paramLabel = "N|FILE",
            defaultValue = "500",
            description =
                    "how many accounts are generated, at least 10, or your own as CSV or NDJSON"
                            + " (${DEFAULT-VALUE})")
    private String accounts;

    @Option(
            names = "--contacts",
            paramLabel = "N|FILE",
            description =
                    "how many contacts are generated, at least 10, or your own as CSV or NDJSON"
                            + " (1500; none with accounts of your own)")
    private @Nullable String contacts;

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

    @Option(
            names = "--containers",
            description = "run every part as a container; needs a container engine")
    private boolean containers;

    @Override
    public Integer call() throws SQLException, InterruptedException {
        Script script = script();
        PrintWriter out = spec.commandLine().getOut();
        try (Ending ending = Ending.onSignal(out)) {
            try {
                return play(script, new Progress(out)) ? 0 : 1;
            } catch (SandboxException e) {
                if (!ending.hasBegun()) {
                    throw e;
                }
                return 1;
            }
        }
    }

    private boolean play(Script script, Progress progress)
            throws SQLException, InterruptedException {
        progress.say(
                "Understudy demo: %s; %,d tickets, seed %d",
                script.entities().description(), tickets, seed);
        progress.say(
                "starting Kafka, Schema Registry, two PostgreSQL servers, us, europe and the replicator as %s",
                platform().mode().name().toLowerCase(Locale.ROOT));
        try (Sandbox sandbox = Sandbox.open(options());
                LineOfBusiness app =
                        LineOfBusiness.between(
                                sandbox.us().baseUrl(), sandbox.europe().baseUrl())) {
            progress.say("everything is up; logs are in %s", sandbox.directory());
            List<ActOutcome> outcomes =
                    play(new Stage(sandbox, app, script, new Memory(), progress));
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

    private SandboxOptions options() {
        return SandboxOptions.defaults().withBasePort(basePort).withPlatform(platform());
    }

    private Platform platform() {
        Platform chosen = Platform.chosen();
        return containers ? chosen.withMode(RunMode.CONTAINERS) : chosen;
    }

    private Script script() {
        try {
            Cast cast = new Cast(tickets, seed);
            return new Script(cast, entities(cast), reports);
        } catch (IllegalArgumentException | ImportFault e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Entities entities(Cast cast) {
        boolean ownContacts = contacts != null && !isNumber(contacts);
        if (!isNumber(accounts)) {
            if (contacts != null && !ownContacts) {
                throw new IllegalArgumentException(
                        "with accounts of your own, --contacts is a file, too, or left out");
            }
            return new EntityFiles(Path.of(accounts), contacts == null ? null : Path.of(contacts));
        }
        if (ownContacts) {
            throw new IllegalArgumentException(
                    "contacts of your own want accounts of your own: --accounts FILE");
        }
        int contactCount = contacts == null ? DEFAULT_CONTACTS : Integer.parseInt(contacts);
        return new GeneratedEntities(Integer.parseInt(accounts), contactCount, cast);
    }

    private static boolean isNumber(String text) {
        return text.matches("[0-9]{1,9}");
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
