package dev.understudy.cli.verify;

import dev.understudy.cli.http.ServiceFault;
import dev.understudy.store.digest.TypeVerdict;
import dev.understudy.store.digest.TypeVerdict.Answer;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Compares owner and replica while both run. Exit codes: 0 they agree, 1 they differ, 2 wrong
 * usage, 3 it cannot be told (a service is away, or the replica was not complete in time).
 */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Compares owner and replica over HTTP while both run, and names every row that differs.",
            "Exit codes: 0 they agree, 1 they differ, 2 wrong usage, 3 it cannot be told."
        })
public final class VerifyCommand implements Callable<Integer> {
    private static final int DIFFERS = 1;
    private static final int UNKNOWN = 3;

    @Option(
            names = "--owner",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:18080",
            description = "Where the owner is. Default: ${DEFAULT-VALUE}.")
    private URI owner;

    @Option(
            names = "--replica",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:18081",
            description = "Where the instance with the replica is. Default: ${DEFAULT-VALUE}.")
    private URI replica;

    @Option(
            names = "--replicator",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:18082",
            description = "Where its replicator is. Default: ${DEFAULT-VALUE}.")
    private URI replicator;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Only this type, by its full name; may be repeated. Default: all.")
    private List<String> types = List.of();

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description =
                    "How long the replica may take to be complete as of the look at the owner."
                            + " Default: ${DEFAULT-VALUE}.")
    private int waitSeconds;

    @Option(
            names = "--keys",
            paramLabel = "N",
            defaultValue = "20",
            description = "So many keys of what differs are printed. Default: ${DEFAULT-VALUE}.")
    private int keys;

    @Option(
            names = "--repair",
            description =
                    "Has the owner publish what differs anew, and compares those types once more.")
    private boolean repair;

    @Spec private CommandSpec spec;

    private VerifyCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        VerdictTable table = new VerdictTable(out, Math.max(0, keys));
        ReplicaCheck check =
                new ReplicaCheck(
                        new ReplicaCheck.Places(owner, replica, replicator),
                        Duration.ofSeconds(Math.max(0, waitSeconds)));
        try {
            List<TypeVerdict> verdicts = verify(check, types.isEmpty() ? check.types() : types);
            table.print(verdicts);
            List<TypeVerdict> differing =
                    verdicts.stream().filter(one -> one.answer() == Answer.DIFFERS).toList();
            if (repair && !differing.isEmpty()) {
                int rows = differing.stream().mapToInt(check::repair).sum();
                out.printf("%,d rows are published anew.%n", rows);
                List<TypeVerdict> again =
                        verify(check, differing.stream().map(TypeVerdict::type).toList());
                table.print(again);
                return exitCode(verdicts, again);
            }
            return exitCode(verdicts);
        } catch (ServiceFault e) {
            spec.commandLine().getErr().println("verify: " + e.getMessage());
            spec.commandLine().getErr().flush();
            return UNKNOWN;
        }
    }

    private static List<TypeVerdict> verify(ReplicaCheck check, List<String> types) {
        if (types.isEmpty()) {
            throw new ServiceFault("the replica holds no type that the owner owns");
        }
        return types.stream().map(check::verify).toList();
    }

    /** Of types that were repaired, what is so afterwards. */
    private static int exitCode(List<TypeVerdict> before, List<TypeVerdict> repaired) {
        int after = exitCode(repaired);
        boolean unknown = before.stream().anyMatch(one -> one.answer() == Answer.UNKNOWN);
        return after == 0 && unknown ? UNKNOWN : after;
    }

    private static int exitCode(List<TypeVerdict> verdicts) {
        if (verdicts.stream().anyMatch(one -> one.answer() == Answer.DIFFERS)) {
            return DIFFERS;
        }
        return verdicts.stream().allMatch(one -> one.answer() == Answer.AGREES) ? 0 : UNKNOWN;
    }
}
