package dev.understudy.cli.guards;

import dev.understudy.sandbox.EntityTypes;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.ModelException;
import dev.understudy.schemas.model.SchemaFiles;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The entity types that may be referred to, in the notation of the services. */
final class Types {
    @Option(
            names = "--catalog",
            paramLabel = "ENTRY",
            split = ",",
            description =
                    "The entity types, as us.contoso.crm.Account. Default: UNDERSTUDY_CATALOG, or"
                            + " contoso's.")
    private List<String> catalog = List.of();

    @Option(
            names = "--schemas",
            paramLabel = "PLACE",
            split = ",",
            description =
                    "Where their schemas are: directories, files. Default: UNDERSTUDY_SCHEMAS, or"
                            + " contoso's.")
    private List<String> schemas = List.of();

    private Types() {}

    Catalog catalog(CommandSpec spec) {
        EntityTypes contoso = EntityTypes.contoso();
        try {
            return Catalog.of(
                    chosen(catalog, "UNDERSTUDY_CATALOG", contoso.catalog()),
                    new SchemaFiles(chosen(schemas, "UNDERSTUDY_SCHEMAS", contoso.schemas())));
        } catch (ModelException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static List<String> chosen(List<String> given, String variable, List<String> others) {
        if (!given.isEmpty()) {
            return given;
        }
        return Optional.ofNullable(System.getenv(variable))
                .filter(text -> !text.isBlank())
                .map(text -> List.of(text.split(",")))
                .orElse(others);
    }
}
