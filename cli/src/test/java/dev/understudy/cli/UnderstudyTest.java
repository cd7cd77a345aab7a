package dev.understudy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class UnderstudyTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine understudy =
            Understudy.commandLine()
                    .setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(err, true));

    @Test
    void helpListsTheCommands() {
        assertThat(understudy.execute("--help")).isZero();
        assertThat(out.toString()).contains("understudy", "up", "demo");
    }

    @Test
    void withoutACommandTheUsageIsShown() {
        assertThat(understudy.execute()).isEqualTo(2);
        assertThat(err.toString()).contains("Usage: understudy");
    }

    @Test
    void aDemoOfTooFewIsRefusedAsWrongUsage() {
        assertThat(understudy.execute("demo", "--tickets", "3")).isEqualTo(2);
        assertThat(err.toString()).contains("at least 10 tickets");
        assertThat(understudy.execute("demo", "--accounts", "9")).isEqualTo(2);
        assertThat(err.toString()).contains("at least 10 accounts and contacts");
    }

    @Test
    void aDemoOnFilesThatCannotBeUsedIsRefusedAsWrongUsage(@TempDir Path folder) throws Exception {
        Path one = Files.writeString(folder.resolve("a.csv"), "accountId,name\n1,Contoso\n");

        assertThat(understudy.execute("demo", "--accounts", one + "x")).isEqualTo(2);
        assertThat(understudy.execute("demo", "--accounts", folder + "/no.csv")).isEqualTo(2);
        assertThat(understudy.execute("demo", "--accounts", one.toString())).isEqualTo(2);
        assertThat(understudy.execute("demo", "--contacts", one.toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "does not tell its format",
                        "there is no file",
                        "at least 10 accounts; " + one + " has 1",
                        "contacts of your own want accounts of your own");
    }

    @Test
    void theCommandsOfTheDocumentsNeedNoAddressesOfASystemThatIsUp() {
        assertThat(option("--source", "load", "--rate", "100", "--seconds", "60", "--run", "1"))
                .isEqualTo("http://127.0.0.1:18080");
        assertThat(option("--target", "load")).isEqualTo("http://127.0.0.1:18081");
        assertThat(option("--url", "import", "FILE", "--type", "contoso.crm.Account"))
                .isEqualTo("http://127.0.0.1:18080");
        assertThat(option("--target", "report", "--format", "html"))
                .isEqualTo("http://127.0.0.1:18081");
        assertThat(option("--base-port", "up")).isEqualTo("18080");
    }

    @Test
    void aReportWithoutATargetIsOneLineAndAnExitCode() {
        assertThat(understudy.execute("report", "--target", "http://127.0.0.1:1")).isEqualTo(3);
        assertThat(err.toString()).startsWith("report: GET http://127.0.0.1:1/").hasLineCount(1);
    }

    private String option(String name, String... arguments) {
        return understudy
                .parseArgs(arguments)
                .subcommand()
                .commandSpec()
                .findOption(name)
                .getValue()
                .toString();
    }

    @Test
    void aTakenPortIsToldWithoutAStackTrace() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThat(understudy.execute("up", "--base-port", String.valueOf(port))).isOne();
            assertThat(err.toString().strip())
                    .contains("us: port " + port + " is taken", "--base-port")
                    .doesNotContain("\n");
        }
    }
}
