package dev.understudy.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.cli.demo.DemoCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The mission, played as the demo plays it. */
class MainJobIT {
    @Test
    @Timeout(180)
    void eachActComesOutAsSaid(@TempDir Path reports) {
        StringWriter printed = new StringWriter();
        CommandLine demo = new CommandLine(new DemoCommand()).setOut(new PrintWriter(printed));

        int exitCode =
                demo.execute(
                        "--accounts=60",
                        "--contacts=150",
                        "--tickets=200",
                        "--seed=5",
                        "--reports=" + reports);

        assertThat(exitCode).as(printed.toString()).isZero();
        assertThat(printed.toString())
                .contains("Act 1: all is well", "Act 4: recovery", "Each act came out as said.")
                .doesNotContain("NOT AS SAID");
        assertThat(reports.resolve("act-3-outage-with-placeholders.html"))
                .content()
                .contains("synchronisation");
    }
}
