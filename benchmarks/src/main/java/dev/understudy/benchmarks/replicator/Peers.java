package dev.understudy.benchmarks.replicator;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The peers' jars, which are built only when somebody wants to measure beside them. */
final class Peers {
    private static final List<String> BUILD =
            List.of(
                    "./mvnw",
                    "-q",
                    "-Ppeers",
                    "-pl",
                    "benchmarks/peers",
                    "-am",
                    "-DskipTests",
                    "package");

    private Peers() {}

    /** Where their build puts them: a folder of Connect's jars, and one of plug-in folders. */
    static Path built() {
        return home().resolve("benchmarks/peers/target");
    }

    /** Builds them if they are not there; the first time this takes a download of 60 MB or more. */
    static void require(PrintWriter progress) throws IOException, InterruptedException {
        if (Files.isDirectory(built().resolve("connect"))) {
            return;
        }
        progress.println("building Kafka Connect and Debezium's sink: " + String.join(" ", BUILD));
        progress.flush();
        Process build =
                new ProcessBuilder(BUILD)
                        .directory(home().toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                        .start();
        if (build.waitFor() != 0) {
            throw new IllegalStateException(
                    "the peers could not be built; --without-peers goes without");
        }
    }

    private static Path home() {
        return Path.of(System.getProperty("understudy.home", ".")).toAbsolutePath();
    }
}
