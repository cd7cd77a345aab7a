package dev.understudy.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogTailTest {

    @TempDir private Path directory;

    @Test
    void theLastLinesAreTold() throws Exception {
        Path log = directory.resolve("kafka.log");
        Files.write(log, IntStream.rangeClosed(1, 5_000).mapToObj(i -> "line " + i).toList());
        assertThat(LogTail.of(log))
                .startsWith("its log " + log + " ends:")
                .endsWith("line 5000")
                .contains("line 4981")
                .doesNotContain("line 4980\n");
    }

    @Test
    void aMissingOrEmptyLogIsSaidToBeSo() throws Exception {
        Path log = directory.resolve("kafka.log");
        assertThat(LogTail.of(log)).contains("cannot be read");
        Files.createFile(log);
        assertThat(LogTail.of(log)).contains("is empty");
    }
}
