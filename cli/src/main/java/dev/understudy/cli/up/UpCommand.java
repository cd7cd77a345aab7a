package dev.understudy.cli.up;

import dev.understudy.sandbox.EntityTypes;
import dev.understudy.sandbox.Sandbox;
import dev.understudy.sandbox.SandboxException;
import dev.understudy.sandbox.SandboxOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts everything, prints where it is, and stays until it is stopped. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Starts Kafka, the registry, PostgreSQL and the services, and stays.")
public final class UpCommand implements Callable<Integer> {

    @Option(
            names = "--base-port",
            paramLabel = "PORT",
            defaultValue = "18080",
            description =
                    "The first of nine ports that are used; 0 takes free ones. Default:"
                            + " ${DEFAULT-VALUE}.")
    private int basePort;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "Keeps data and logs there, and goes on with what it holds.")
    private @Nullable Path directory;

    @Option(
            names = "--catalog",
            paramLabel = "ENTRY",
            split = ",",
            description = "The entity types, as us.contoso.crm.Account. Default: contoso's.")
    private List<String> catalog = EntityTypes.contoso().catalog();

    @Option(
            names = "--schemas",
            paramLabel = "PLACE",
            split = ",",
            description = "Where their schemas are: directories, files. Default: contoso's.")
    private List<String> schemas = EntityTypes.contoso().schemas();

    @Spec private CommandSpec spec;

    private UpCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try (Ending ending = Ending.onSignal(out)) {
            try {
                stay(out);
            } catch (SandboxException e) {
                if (!ending.hasBegun()) {
                    throw e;
                }
            }
        }
        return 0;
    }

    private void stay(PrintWriter out) throws InterruptedException {
        long startedNs = System.nanoTime();
        out.println("Starting …");
        out.flush();
        try (Sandbox sandbox = Sandbox.open(options())) {
            out.print(SandboxTable.of(sandbox));
            double seconds = (System.nanoTime() - startedNs) / 1e9;
            out.printf(Locale.ROOT, "Up after %.1f s. Ctrl-C stops it.%n", seconds);
            out.flush();
            new CountDownLatch(1).await();
        }
    }

    private SandboxOptions options() {
        SandboxOptions options =
                SandboxOptions.defaults().withBasePort(basePort).withEntities(catalog, schemas);
        return directory == null ? options : options.withDirectory(directory);
    }
}
