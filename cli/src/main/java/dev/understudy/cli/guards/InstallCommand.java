package dev.understudy.cli.guards;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.store.guard.Guards;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Puts the functions into a database. */
@Command(
        name = "install",
        mixinStandardHelpOptions = true,
        description = {
            "Creates or renews the functions, in a database that has the entities' tables.",
            "What is guarded already stays so."
        })
final class InstallCommand implements Callable<Integer> {
    @Mixin private EntityDatabase database;
    @Mixin private Types types;

    @Spec private CommandSpec spec;

    private InstallCommand() {}

    @Override
    public Integer call() {
        Catalog catalog = types.catalog(spec);
        DataSource source = database.dataSource(spec);
        return GuardsCommand.run(
                spec,
                () -> {
                    Guards.install(source, catalog);
                    catalog.types()
                            .forEach(type ->
                                    spec.commandLine()
                                            .getOut()
                                            .println(type.fullName() + " can be referred to"));
                });
    }
}
