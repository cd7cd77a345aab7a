package dev.understudy.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The mutations that {@code mutations/run} shows to be caught still fit the code. */
final class MutationsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    static List<Path> patches() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("system-tests/mutations"))) {
            return files.filter(file -> file.toString().endsWith(".patch")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("patches")
    void aMutationAppliesAndNamesItsCatcher(Path patch) throws Exception {
        ProcessBuilder check =
                new ProcessBuilder("git", "apply", "--check", patch.toString())
                        .directory(ROOT.toFile())
                        .redirectErrorStream(true);
        // In a folder of another repository git looks at nothing, and is content.
        check.environment().put("GIT_CEILING_DIRECTORIES", ROOT.getParent().toString());
        Process git = check.start();
        String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(git.waitFor()).as(said).isZero();
        assertThat(Files.readString(patch))
                .containsPattern("(?m)^Mutation: .+")
                .containsPattern("(?m)^Catcher: \\w+(Test|IT)$")
                .containsPattern("(?m)^Checker: \\w+$");
    }
}
