package dev.understudy.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.cli.demo.DemoCommand;
import dev.understudy.sandbox.RunMode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The mission, played as the demo plays it: on containers where an engine answers or {@code
 * -Dsandbox.containers=true} asks for them (then without an engine it fails), else on processes.
 */
class MainJobIT {
    private static final Path SAMPLES =
            Path.of(System.getProperty("understudy.home", ".."), "docs", "samples");

    @TempDir private Path reports;

    @Test
    @Timeout(420)
    void eachActComesOutAsSaid() {
        RunMode mode = RunMode.chosenOrWhatThereIs();
        String printed = play(mode, "--accounts=60", "--contacts=150", "--tickets=200", "--seed=5");

        assertThat(printed)
                .contains("Act 1: all is well", "Act 4: recovery", "Each act came out as said.")
                .contains("the circuit to us is open since", "the circuit to us is closed since")
                .doesNotContain("NOT AS SAID");
        assertThat(reports.resolve("act-3-outage-with-placeholders.html"))
                .content()
                .contains("synchronisation")
                // With its address where the request was not even sent.
                .containsPattern("circuit (to \\S+ )?open since");
    }

    @Test
    @Timeout(300)
    void aUsersOwnFilesPlayAndTheirBadLinesAreNamed() {
        String printed =
                play(
                        RunMode.chosen(),
                        "--accounts=" + SAMPLES.resolve("accounts.csv"),
                        "--contacts=" + SAMPLES.resolve("contacts.ndjson"),
                        "--tickets=100");

        assertThat(printed)
                .contains("Each act came out as said.")
                .contains(
                        "accounts.csv line 14: InvalidField: ",
                        "accounts.csv line 32: ColumnCount: ",
                        "contacts.ndjson line 48: MissingField: ",
                        "contacts.ndjson line 72: InvalidJson: ");
        assertThat(reports.resolve("act-4-recovery.csv")).content().contains("Lumen Optics");
        assertThat(SAMPLES).isDirectoryNotContaining(file -> file.toString().contains("rejected"));
    }

    private String play(RunMode mode, String... options) {
        StringWriter printed = new StringWriter();
        CommandLine demo = new CommandLine(new DemoCommand()).setOut(new PrintWriter(printed));
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.add("--reports=" + reports);
        if (mode == RunMode.CONTAINERS) {
            arguments.add("--containers");
        }
        int exitCode = demo.execute(arguments.toArray(String[]::new));
        System.out.printf("The main job on %s:%n%s", mode, printed);
        assertThat(exitCode).as(printed.toString()).isZero();
        return printed.toString();
    }
}
