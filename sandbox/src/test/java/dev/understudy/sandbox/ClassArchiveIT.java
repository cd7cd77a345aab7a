package dev.understudy.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
final class ClassArchiveIT {

    private static final String PROPERTY = "sandbox.archives";

    @TempDir private Path directory;

    @BeforeEach
    void want() {
        System.setProperty(PROPERTY, "true");
    }

    @AfterEach
    void forget() {
        System.clearProperty(PROPERTY);
    }

    @Test
    void theFirstStartMakesAnArchiveThatLaterOnesUseUntilTheJarChanges() throws Exception {
        Path jar = FakeService.jar(directory);
        ClassArchive archive = new ClassArchive(jar);
        assertThat(archive.flags()).isEmpty();

        try (Service service = Service.open(ServiceOptions.of("fake", jar))) {
            assertThat(archive.flags()).containsExactly("-XX:AOTCache=" + archive.file());
            // A JVM that cannot use an archive says so.
            assertThat(Files.readString(service.log())).doesNotContain("[error");
        }

        long madeMs = Files.getLastModifiedTime(archive.file()).toMillis();
        Files.setLastModifiedTime(jar, FileTime.fromMillis(madeMs + 1000));
        assertThat(archive.flags()).isEmpty();
    }

    @Test
    void withoutTheWishNothingIsMade() throws Exception {
        System.clearProperty(PROPERTY);
        Path jar = FakeService.jar(directory);
        Service.open(ServiceOptions.of("fake", jar)).close();
        assertThat(new ClassArchive(jar).file()).doesNotExist();
    }
}
