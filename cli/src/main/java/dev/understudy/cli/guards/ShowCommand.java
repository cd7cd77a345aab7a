package dev.understudy.cli.guards;

import dev.understudy.store.guard.GuardedColumn;
import dev.understudy.store.guard.InstalledGuards;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What may be referred to, and which columns are guarded. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows which entity types can be referred to, and which columns are guarded.")
final class ShowCommand implements Callable<Integer> {
    private static final String LINE = "%-40s %-30s %-10s %s%n";

    @Mixin private EntityDatabase database;

    @Spec private CommandSpec spec;

    private ShowCommand() {}

    @Override
    public Integer call() {
        DataSource source = database.dataSource(spec);
        return GuardsCommand.run(spec, () -> print(InstalledGuards.in(source)));
    }

    private void print(InstalledGuards guards) {
        PrintWriter out = spec.commandLine().getOut();
        if (guards.types().isEmpty()) {
            out.println("There are no guards in this database.");
            return;
        }
        guards.types().forEach(type -> out.println(type + " can be referred to"));
        if (!guards.columns().isEmpty()) {
            out.printf(LINE, "COLUMN", "TYPE", "EACH", "ON DELETED");
        }
        for (GuardedColumn one : guards.columns()) {
            String column = one.table() + "." + one.column();
            out.printf(LINE, column, one.type(), one.each(), one.onDeleted());
        }
    }
}
