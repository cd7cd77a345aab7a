package dev.understudy.lob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.lob.fake.FakeInstance;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LobSimulatorTest {

    private final FakeInstance source = FakeInstance.source();
    private final FakeInstance target = FakeInstance.target();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;

    @AfterEach
    void stop() {
        source.close();
        target.close();
    }

    @Test
    void generateSubmitAndReportWorkTogether() {
        assertThat(run("generate", "--accounts", "10", "--contacts", "30")).isZero();
        assertThat(out.toString())
                .contains("accounts: 10 accepted of 10", "contacts: 30 accepted of 30");

        assertThat(run("submit", "--tickets", "50")).isZero();
        assertThat(out.toString()).contains("tickets: 50 accepted of 50");

        assertThat(run("report", "--width", "160", "--rows", "3")).isZero();
        assertThat(out.toString())
                .contains("of 50 tickets")
                .contains("(awaiting synchronisation)")
                .contains("The report is not complete");
    }

    @Test
    void withTheSourceDownTheReportIsStillWrittenInEveryForm() throws IOException {
        run("generate", "--accounts", "10", "--contacts", "30");
        target.replicateFrom(source);
        run("submit", "--tickets", "50");
        source.close();
        Path html = folder.resolve("out/report.html");
        Path csv = folder.resolve("report.csv");

        assertThat(run("report", "--format", "html", "--output", html.toString())).isZero();
        assertThat(run("report", "--format", "CSV", "--output", csv.toString())).isZero();
        assertThat(run("report")).isZero();

        assertThat(html).content().contains("Could not be read (unreachable): GET http://");
        assertThat(csv).content().contains("target's copy").doesNotContain(",source,");
        assertThat(err.toString()).contains("Source: could not be read (unreachable): GET http://");
        assertThat(out.toString()).contains("Source: could not be read (unreachable): GET http://");
    }

    @Test
    void aFileThatCannotBeWrittenIsOneLineAndAnExitCode() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThat(run("report", "--output", file.resolve("r.txt").toString()))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).startsWith("report: cannot write ").hasLineCount(1);
    }

    @Test
    void refusedTicketsAreCountedAndTheReportIsNotGenerated() {
        run("generate", "--accounts", "10", "--contacts", "30");
        target.rejectMissing(true);

        assertThat(run("submit", "--tickets", "50", "--report"))
                .isEqualTo(LobSimulator.NOT_ACCEPTED);
        assertThat(out.toString())
                .contains("tickets: 0 accepted of 50", "MissingReference 50")
                .contains(
                        "The report was not generated: 50 of 50 tickets could not be submitted:"
                                + " MissingReference 50");
    }

    @Test
    void anInstanceThatIsAwayIsOneLineAndAnExitCode() {
        source.close();

        assertThat(run("submit")).isEqualTo(LobSimulator.FAULT);
        assertThat(err.toString()).startsWith("lob-simulator: GET http://").hasLineCount(1);
    }

    @Test
    void nothingToWriteTicketsAboutIsWrongUsage() {
        assertThat(run("submit")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("no account is known");
    }

    private int run(String command, String... options) {
        List<String> arguments =
                Stream.concat(
                                Stream.of(
                                        command,
                                        "--source",
                                        source.url().toString(),
                                        "--target",
                                        target.url().toString()),
                                Stream.of(options))
                        .toList();
        return LobSimulator.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
    }
}
