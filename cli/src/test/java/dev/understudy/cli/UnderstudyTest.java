package dev.understudy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
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
        assertThat(err.toString()).contains("at least 10 accounts, contacts and tickets");
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
