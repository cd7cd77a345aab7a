package dev.understudy.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** PostgreSQL as a process; whoever is root runs it in a user namespace, without privileges. */
final class PostgresProcess {

    private final WorkDirectory directory;
    private final PostgresBinaries binaries;

    private PostgresProcess(WorkDirectory directory, PostgresBinaries binaries) {
        this.directory = directory;
        this.binaries = binaries;
    }

    static PostgresServer of(String name, PostgresVersion version, ServerOptions options) {
        WorkDirectory directory = WorkDirectory.of(options.directory(), name);
        PostgresProcess postgres =
                new PostgresProcess(directory, PostgresBinaries.unpacked(version));
        int port = Ports.orFree(options.port());
        Addresses addresses = Addresses.same("127.0.0.1:" + port);
        PartPlan plan =
                new PartPlan(
                        name,
                        postgres.command(port, options),
                        Map.of("LC_ALL", "C"),
                        directory,
                        new PartPlan.Life(
                                postgres::initialise,
                                Readiness.postgres(addresses.outside()),
                                Signal.INTERRUPT));
        return new PostgresServer(new PartProcess(plan), addresses);
    }

    private void initialise() {
        if (Files.exists(data())) {
            return;
        }
        AtShutdown.requireRunning();
        WorkDirectory half =
                new WorkDirectory(
                        directory.path().resolve("data-half"), WorkDirectory.Lifetime.TEMPORARY);
        half.close();
        binaries.initialise(half.path(), PostgresServer.USER);
        try {
            Files.move(half.path(), data());
        } catch (IOException e) {
            throw new SandboxException("postgres: cannot make " + data() + ": " + e, e);
        }
    }

    private Path data() {
        return directory.path().resolve("data");
    }

    private List<String> command(int port, ServerOptions options) {
        Map<String, String> settings = new HashMap<>(PostgresServer.SETTINGS);
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("unix_socket_directories", "");
        settings.putAll(options.settings());
        List<String> command = new ArrayList<>(binaries.command("postgres"));
        command.addAll(List.of("-D", data().toString(), "-p", String.valueOf(port)));
        command.addAll(PostgresServer.arguments(settings));
        return command;
    }
}
