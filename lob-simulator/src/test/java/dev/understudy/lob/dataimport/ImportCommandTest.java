package dev.understudy.lob.dataimport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.lob.fake.FakeInstance;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
class ImportCommandTest {

    private static final String GOOD =
            "{\"accountId\":\"%s\",\"name\":\"a\"}\n".formatted(new UUID(0, 1));

    private final FakeInstance instance = FakeInstance.source();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path directory;
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("a.ndjson"), GOOD);
    }

    @AfterEach
    void stop() {
        instance.close();
    }

    @Test
    void allInIsZero() {
        assertThat(run("--type", "contoso.crm.Account")).isZero();
        assertThat(out.toString()).isEqualTo("accounts: 1 in, 0 rejected%n".formatted());
    }

    @Test
    void someRejectedIsOne() throws IOException {
        Files.writeString(file, GOOD + "oops\n");

        assertThat(run("--set", "accounts")).isOne();
        assertThat(out.toString())
                .startsWith("line 2: InvalidJson: ")
                .contains("accounts: 1 in, 1 rejected, kept in " + file + ".rejected.ndjson");
    }

    @Test
    void anInstanceThatIsAwayIsThreeAndCanBeResumed() {
        instance.close();

        assertThat(run("--set", "accounts", "--patience-seconds", "0")).isEqualTo(3);
        assertThat(err.toString())
                .startsWith("import: stopped before line 1: PATCH http://")
                .contains("run it again with --resume");
    }

    @Test
    void aFileThatIsNotThereIsThree() throws IOException {
        Files.delete(file);

        assertThat(run("--set", "accounts")).isEqualTo(3);
        assertThat(err.toString()).isEqualTo("import: there is no file " + file + "\n");
    }

    @Test
    void wrongUsageIsTwo() {
        assertThat(run("--type", "acme.Thing")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("acme.Thing is not known; give it and its key");
        assertThat(run("--set", "things")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run("--set", "things", "--key", "plate")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString())
                .contains("FIELD:uuid, FIELD:number or FIELD:text, not as 'plate'");
        assertThat(run("--set", "accounts", "--type", "contoso.crm.Account"))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run("--set", "accounts", "--format", "xml"))
                .isEqualTo(CommandLine.ExitCode.USAGE);
    }

    private int run(String... options) {
        List<String> arguments =
                Stream.concat(
                                Stream.of(file.toString(), "--url", instance.url().toString()),
                                Stream.of(options))
                        .toList();
        return new CommandLine(new ImportCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
    }
}
