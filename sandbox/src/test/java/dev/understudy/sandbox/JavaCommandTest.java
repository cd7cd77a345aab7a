package dev.understudy.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JavaCommandTest {

    private static final Path JAR = Path.of("service.jar");

    @Test
    void aShortLifeIsCompiledOnceAndTakesLittleMemory() {
        assertThat(new JavaCommand(Purpose.SHORT_LIVED, 256, List.of("-Da=b")).jar(JAR))
                .contains("-Xmx256m", "-XX:TieredStopAtLevel=1", "-Da=b");
    }

    @Test
    void whatIsMeasuredIsCompiledFullyAndHasMemory() {
        assertThat(new JavaCommand(Purpose.MEASURED, 256, List.of()).jar(JAR))
                .contains("-Xmx1024m", "-XX:+UseG1GC")
                .doesNotContain("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    }
}
