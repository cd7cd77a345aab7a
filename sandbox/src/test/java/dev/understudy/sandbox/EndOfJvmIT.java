package dev.understudy.sandbox;

import static dev.understudy.sandbox.WorkDirectory.Lifetime.TEMPORARY;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(180)
final class EndOfJvmIT {

    @ParameterizedTest
    @EnumSource(
            value = Signal.class,
            names = {"INTERRUPT", "TERMINATE", "KILL"})
    void noSignalToTheJvmLeavesAProcess(Signal signal) throws Exception {
        // A build in the background ignores SIGINT, and a JVM started by it would, too.
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
        command.addAll(new JavaCommand(Purpose.SHORT_LIVED, 128, List.of()).main(HoldsParts.class));
        Process jvm =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader lines = jvm.inputReader()) {
            String pids = lines.readLine();
            while (!pids.matches("\\d+ \\d+")) {
                pids = lines.readLine();
            }
            List<ProcessHandle> parts =
                    Stream.of(pids.split(" "))
                            .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
                            .toList();
            List<ProcessHandle> all =
                    parts.stream()
                            .flatMap(part -> Stream.concat(Stream.of(part), part.descendants()))
                            .toList();
            List<WorkDirectory> directories =
                    Stream.of(lines.readLine(), lines.readLine())
                            .map(path -> new WorkDirectory(Path.of(path), TEMPORARY))
                            .toList();
            assertThat(all).hasSizeGreaterThan(2);

            signal.send(jvm.pid());

            assertThat(jvm.waitFor(30, TimeUnit.SECONDS)).isTrue();
            for (ProcessHandle process : all) {
                process.onExit().get(10, TimeUnit.SECONDS);
            }
            if (signal != Signal.KILL) {
                assertThat(directories).noneMatch(directory -> Files.exists(directory.path()));
            }
            directories.forEach(WorkDirectory::close);
        } finally {
            jvm.destroyForcibly();
        }
    }
}
