package dev.understudy.lob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.lob.fake.FakeInstance;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class LobSimulatorTest {

    private final FakeInstance source = FakeInstance.source();
    private final FakeInstance target = FakeInstance.target();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

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
