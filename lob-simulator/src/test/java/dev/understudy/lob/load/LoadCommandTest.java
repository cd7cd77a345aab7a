package dev.understudy.lob.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.understudy.lob.fake.FakeInstance;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
class LoadCommandTest {

    private final FakeInstance source = FakeInstance.source();
    private final FakeInstance target = FakeInstance.target();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path directory;

    @AfterEach
    void stop() {
        source.close();
        target.close();
    }

    @Test
    void aRunEndsWithATableAndAJsonDocument() throws IOException {
        Path json = directory.resolve("load.json");
        String mix = "read-source=1,read-target=1,update=1,ticket=1";
        assertThat(run("--seconds", "2", "--mix", mix, "--json", json.toString())).isZero();

        assertThat(out.toString())
                .contains("answers per second of 100 due", "read-source", "p99.9 ms")
                .containsPattern("(?m)^ +1 s .* ok \\d+  refused 0  no answer 0")
                .containsPattern(
                        "(?m)^\\d+ of \\d+ tickets referred to a placeholder, to \\d+ diff");
        JsonNode result = new ObjectMapper().readTree(json.toFile());
        assertThat(result.path("due").asInt()).isEqualTo(200);
        assertThat(result.at("/operations/ticket/latencyMs/p99.9").isNumber()).isTrue();
        assertThat(result.at("/tickets/onPlaceholders").asInt()).isPositive();
        assertThat(result.at("/tickets/placeholders").asInt()).isPositive();
        assertThat(result.at("/hydration/notSampled").isNumber()).isTrue();
        assertThat(result.at("/settings/mix/update").asInt()).isOne();
    }

    @Test
    void whatIsRefusedIsToldAndChangesTheExitCode() {
        target.refuse("title", 422, "DeletedReference", "gone");

        assertThat(run("--seconds", "1", "--mix", "ticket=1")).isOne();
        assertThat(out.toString()).contains("refused: 100 DeletedReference");
    }

    @Test
    void wrongOptionsAreNamed() {
        assertThat(run("--mix", "nap=1")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("no operation 'nap'");
        assertThat(run("--rate", "0")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("the rate is 1 to 100000 per second");
    }

    @Test
    void aFileThatCannotBeWrittenIsNamedBeforeTheRun() {
        Path json = directory.resolve("no/load.json");

        assertThat(run("--json", json.toString())).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).startsWith("cannot write " + json);
        assertThat(source.requests()).isZero();
    }

    @Test
    void aSourceThatIsAwayIsOneLineAndAnExitCode() {
        source.close();

        assertThat(run("--seconds", "1")).isEqualTo(3);
        assertThat(err.toString()).startsWith("load: the source took 0 of 20").hasLineCount(1);
    }

    private int run(String... options) {
        List<String> arguments =
                Stream.concat(
                                Stream.of(
                                        "--source",
                                        source.url().toString(),
                                        "--target",
                                        target.url().toString(),
                                        "--accounts",
                                        "20"),
                                Stream.of(options))
                        .toList();
        return new CommandLine(new LoadCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
    }
}
