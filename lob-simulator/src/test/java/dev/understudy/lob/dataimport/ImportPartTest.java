package dev.understudy.lob.dataimport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.lob.dataimport.ImportResult.Complete;
import dev.understudy.lob.dataimport.ImportResult.Paused;
import dev.understudy.lob.fake.FakeInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ImportPartTest {

    private final FakeInstance instance = FakeInstance.source();

    @AfterEach
    void stop() {
        instance.close();
    }

    @Test
    void aFileGoesInInParts(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("a.ndjson");
        Files.writeString(file, rows(0, 30) + "\nnonsense\n" + rows(30, 60));
        ImportSettings settings = ImportSettings.of(file, Shape.ofSet("accounts"), instance.url());
        assertThat(ImportRun.rows(settings)).isEqualTo(61);

        ImportResult first = ImportRun.part(settings, ImportObserver.NONE, 20);
        assertThat(first.ending()).isEqualTo(new Paused(21));
        assertThat(instance.hydrated("accounts")).isEqualTo(20);

        ImportResult second = ImportRun.part(settings.resumed(), ImportObserver.NONE, 15);
        assertThat(second.ending()).isEqualTo(new Paused(37));
        assertThat(second.counts()).isEqualTo(new Counts(34, 1));

        ImportResult rest = ImportRun.run(settings.resumed(), ImportObserver.NONE);
        assertThat(rest.ending()).isEqualTo(new Complete());
        assertThat(rest.counts()).isEqualTo(new Counts(60, 1));
        assertThat(instance.hydrated("accounts")).isEqualTo(60);
    }

    private static String rows(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i ->
                        "{\"accountId\": \"%s\", \"name\": \"Row %d\"}%n"
                                .formatted(new UUID(0, i + 1), i))
                .collect(Collectors.joining());
    }
}
