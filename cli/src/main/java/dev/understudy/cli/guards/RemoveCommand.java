package dev.understudy.cli.guards;

import dev.understudy.store.guard.Guards;
import dev.understudy.store.guard.InstalledGuards;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Takes everything away again. */
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        description = {
            "Takes the guards off all tables, with the foreign keys that they made, and drops the"
                    + " functions.",
            "Placeholders stay."
        })
final class RemoveCommand implements Callable<Integer> {
    @Mixin private EntityDatabase database;

    @Spec private CommandSpec spec;

    private RemoveCommand() {}

    @Override
    public Integer call() {
        DataSource source = database.dataSource(spec);
        PrintWriter out = spec.commandLine().getOut();
        return GuardsCommand.run(
                spec,
                () -> {
                    InstalledGuards before = InstalledGuards.in(source);
                    Guards.remove(source);
                    before.columns()
                            .forEach(one ->
                                    out.printf(
                                            "%s.%s is no longer guarded%n",
                                            one.table(), one.column()));
                    out.println("The guards are removed.");
                });
    }
}
