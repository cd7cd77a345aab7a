package dev.understudy.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
final class SandboxIT {

    private static final SandboxOptions INFRASTRUCTURE =
            SandboxOptions.defaults()
                    .withParts(SandboxPart.infrastructure())
                    .withPlatform(Platform.chosen().withMode(RunMode.PROCESSES));

    @Test
    void theInfrastructureIsUpAndLeavesNothingBehind() throws Exception {
        List<ProcessHandle> processes = new ArrayList<>();
        Path directory;
        try (Sandbox sandbox = Sandbox.open(INFRASTRUCTURE)) {
            directory = sandbox.directory();
            for (SandboxPart name : SandboxPart.infrastructure()) {
                ProcessHandle handle = handle(sandbox.part(name));
                processes.add(handle);
                processes.addAll(handle.descendants().toList());
            }
            assertThat(databaseName(sandbox.usDatabase())).isEqualTo("us");
            assertThat(databaseName(sandbox.europeDatabase())).isEqualTo("europe");
            assertThat(sandbox.registry().isRunning()).isTrue();
            assertThat(sandbox.kafka().bootstrapServers()).startsWith("127.0.0.1:");
            assertThatThrownBy(sandbox::replicator).hasMessageContaining("replicator");
        }
        assertThat(processes).hasSizeGreaterThan(4).noneMatch(ProcessHandle::isAlive);
        assertThat(directory).doesNotExist();
    }

    @Test
    void aTakenPortIsNamedBeforeAnythingIsStarted() throws Exception {
        int basePort = freeBasePort();
        int taken = SandboxPart.KAFKA.port(basePort);
        List<ProcessHandle> before = ProcessHandle.current().children().toList();
        try (ServerSocket other = new ServerSocket(taken, 1, InetAddress.getLoopbackAddress())) {
            assertThat(other.isBound()).isTrue();
            assertThatThrownBy(() -> Sandbox.open(INFRASTRUCTURE.withBasePort(basePort)))
                    .isInstanceOf(SandboxException.class)
                    .hasMessageContainingAll("kafka", "port " + taken, "--base-port");
        }
        assertThat(ProcessHandle.current().children().toList()).isSubsetOf(before);
    }

    @Test
    void aPartThatFailsTakesTheOthersDownWithIt(@TempDir Path directory) throws Exception {
        SandboxOptions options =
                INFRASTRUCTURE
                        .withDirectory(directory)
                        .withSetting(SandboxPart.EUROPE_DATABASE, "no_such_setting", "1");
        assertThatThrownBy(() -> Sandbox.open(options))
                .isInstanceOf(SandboxException.class)
                .hasMessageContainingAll("europe-database ended", "no_such_setting");
        try (Stream<ProcessHandle> all = ProcessHandle.current().descendants()) {
            assertThat(all.map(p -> p.info().commandLine().orElse("")))
                    .noneMatch(line -> line.contains(directory.toString()));
        }
        assertThat(Files.exists(directory)).isTrue();
    }

    private static ProcessHandle handle(Part part) {
        return ProcessHandle.of(((PartProcess) part.runner()).pid()).orElseThrow();
    }

    private static int freeBasePort() {
        int basePort = Ports.free();
        while (Ports.isTaken(SandboxPart.KAFKA.port(basePort))) {
            basePort = Ports.free();
        }
        return basePort;
    }

    private static String databaseName(Database database) throws Exception {
        try (Connection connection = database.connect();
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT current_database()")) {
            rows.next();
            return rows.getString(1);
        }
    }
}
