package dev.understudy.cli.guards;

import dev.understudy.store.guard.Guards;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The same as text. */
@Command(
        name = "sql",
        mixinStandardHelpOptions = true,
        description = "Prints the SQL that install or remove would run, as one transaction.")
final class SqlCommand implements Callable<Integer> {
    @Mixin private Types types;

    @Option(names = "--remove", description = "Of remove; otherwise of install.")
    private boolean removes;

    @Spec private CommandSpec spec;

    private SqlCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(removes ? Guards.removalSql() : Guards.installationSql(types.catalog(spec)));
        out.flush();
        return 0;
    }
}
