package dev.understudy.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StartCodeTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| `(\\w+)` \\| (?!\\d{3} ).+ \\|$", Pattern.MULTILINE);

    @Test
    void theTableInTheDocumentationIsWhatTheCodeSays() throws IOException {
        List<String> documented =
                ROW.matcher(Files.readString(Path.of("../docs/errors.md")))
                        .results()
                        .map((MatchResult row) -> row.group(1))
                        .toList();

        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(StartCode.values()).map(StartCode::toString).toList());
    }
}
