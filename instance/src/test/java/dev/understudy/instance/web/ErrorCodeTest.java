package dev.understudy.instance.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ErrorCodeTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| `(\\w+)` \\| (\\d{3}) \\| .+ \\|$", Pattern.MULTILINE);

    private static final String CHAPTER = "## Answers of the Web API";

    @Test
    void theTableInTheDocumentationIsWhatTheCodeSays() throws IOException {
        String page = Files.readString(Path.of("../docs/errors.md"));
        int from = page.indexOf(CHAPTER);
        String chapter = page.substring(from, page.indexOf("\n## ", from + CHAPTER.length()));
        List<String> documented =
                ROW.matcher(chapter)
                        .results()
                        .map(row -> row.group(1) + " " + row.group(2))
                        .toList();

        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(ErrorCode.values())
                                .map(code -> code + " " + code.status().getCode())
                                .toList());
    }
}
