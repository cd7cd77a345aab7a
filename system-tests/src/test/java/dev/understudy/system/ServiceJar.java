package dev.understudy.system;

import dev.understudy.sandbox.ClassArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The runnable jar of a service's module, for processes beside those of the sandbox. */
record ServiceJar(String module) {
    /** A process with this environment and none of this process's own {@code UNDERSTUDY_…}. */
    ProcessBuilder process(Path log, Map<String, String> environment, String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "--sun-misc-unsafe-memory-access=allow",
                                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(new ClassArchive(path()).flags());
        command.addAll(List.of("-jar", path().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("UNDERSTUDY_"));
        builder.environment().putAll(environment);
        return builder;
    }

    Path path() {
        return Path.of(System.getProperty("understudy.home", ".."))
                .resolve(module + "/target/" + module + ".jar");
    }

    /** A new file for what a process prints. */
    Path log(Path directory) throws IOException {
        return Files.createTempFile(directory, module, ".log");
    }
}
