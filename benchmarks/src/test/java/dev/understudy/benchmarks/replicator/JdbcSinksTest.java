package dev.understudy.benchmarks.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JdbcSinksTest {
    @TempDir private Path folder;

    @Test
    void aFolderSaysWhichSinkItHas() throws IOException {
        jar("driver.jar", "org/postgresql/Driver.class");
        jar("sink.jar", "io/aiven/connect/jdbc/JdbcSinkConnector.class");

        ConnectSink sink = JdbcSinks.in(folder);

        assertThat(sink.settings())
                .containsEntry("connector.class", "io.aiven.connect.jdbc.JdbcSinkConnector")
                .containsEntry("pk.mode", "record_value");
        assertThat(sink.plugins().resolve("peer/sink.jar")).exists();
    }

    @Test
    void debeziumsSinkHasItsOwnSettings() throws IOException {
        jar("sink.jar", "io/debezium/connector/jdbc/JdbcSinkConnector.class");

        assertThat(JdbcSinks.in(folder).settings()).containsKey("primary.key.mode");
    }

    @Test
    void aFolderWithoutASinkIsRefused() throws IOException {
        jar("driver.jar", "org/postgresql/Driver.class");

        assertThatIllegalArgumentException().isThrownBy(() -> JdbcSinks.in(folder));
    }

    private void jar(String name, String entry) throws IOException {
        try (JarOutputStream jar =
                new JarOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            jar.putNextEntry(new ZipEntry(entry));
        }
    }
}
