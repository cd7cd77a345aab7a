package dev.understudy.lob.dataimport;

import dev.understudy.lob.dataimport.ImportResult.Complete;
import dev.understudy.lob.dataimport.ImportResult.Paused;
import dev.understudy.lob.dataimport.ImportResult.Stopped;
import dev.understudy.lob.dataimport.ImportSettings.Limits;
import dev.understudy.lob.dataimport.ImportSettings.Start;
import dev.understudy.lob.options.InstanceOptions;
import dev.understudy.lob.terminal.LiveLine;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The import as a command. Exit codes: 0 all rows are in, 1 some were rejected, 2 wrong usage, 3
 * the import could not start or had to stop.
 */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Puts entities from a CSV or NDJSON file into an instance, as upserts by key.",
            "CSV: the first row names the fields; an empty cell leaves its field as it is; cells"
                    + " are strings but for the numbers and booleans of the shipped types and of"
                    + " --numbers and --booleans. NDJSON is sent as it is.",
            "Bad rows are named and kept in FILE.rejected.csv or .ndjson; the rest goes in."
        })
public final class ImportCommand implements Callable<Integer> {

    private static final int REJECTED = 1;
    private static final int FAULT = 3;

    /** Exactly one of them. */
    private static final class Kind {

        @Option(
                names = "--type",
                paramLabel = "NAME",
                description = "the shipped type, such as contoso.crm.Account")
        private @Nullable String type;

        @Option(
                names = "--set",
                paramLabel = "NAME",
                description = "the entity set, such as accounts; with --key unless it is shipped")
        private @Nullable String set;
    }

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "the file with the rows")
    private Path file;

    @ArgGroup(multiplicity = "1")
    private Kind kind;

    @Option(
            names = "--url",
            defaultValue = InstanceOptions.SOURCE,
            paramLabel = "URL",
            description =
                    "base URL of the instance that owns the entities (default: ${DEFAULT-VALUE})")
    private URI url;

    @Option(
            names = "--key",
            paramLabel = "FIELD:KIND",
            description =
                    "the key's field, and whether it is a uuid, a number or text, such as"
                            + " plate:text")
    private @Nullable String key;

    @Option(
            names = "--numbers",
            split = ",",
            paramLabel = "FIELD",
            description = "more CSV columns that are numbers")
    private @Nullable Set<String> numbers;

    @Option(
            names = "--booleans",
            split = ",",
            paramLabel = "FIELD",
            description = "more CSV columns that are true or false")
    private @Nullable Set<String> booleans;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "csv or ndjson (default: as the file's name ends)")
    private @Nullable String format;

    @Option(
            names = "--delimiter",
            paramLabel = "C",
            description = "what separates CSV cells (default: a comma; a tab in .tsv)")
    private @Nullable Character delimiter;

    @Option(
            names = "--in-flight",
            defaultValue = "16",
            paramLabel = "N",
            description = "requests at once (default: ${DEFAULT-VALUE})")
    private int inFlight;

    @Option(
            names = "--row-bytes",
            defaultValue = "1048576",
            paramLabel = "N",
            description = "longest row (default: ${DEFAULT-VALUE})")
    private int rowBytes;

    @Option(
            names = "--patience-seconds",
            defaultValue = "30",
            paramLabel = "S",
            description =
                    "how long a row is sent again while there is no usable answer"
                            + " (default: ${DEFAULT-VALUE})")
    private int patienceSeconds;

    @Option(
            names = "--resume",
            description = "go on where an import of this file stopped, if one did")
    private boolean resume;

    @Override
    public Integer call() {
        ImportSettings settings = settings();
        LiveLine live = new LiveLine(spec.commandLine().getOut(), LiveLine.Mode.detected());
        try {
            ImportResult result = ImportRun.run(settings, new ShownImport(live));
            live.end();
            return told(settings, result);
        } catch (ImportFault fault) {
            live.end();
            return failed(String.valueOf(fault.getMessage()));
        }
    }

    private int told(ImportSettings settings, ImportResult result) {
        Counts counts = result.counts();
        String kept = counts.rejected() == 0 ? "" : ", kept in " + result.rejectedFile();
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%s: %d in, %d rejected%s%n",
                        settings.shape().set(),
                        counts.accepted(),
                        counts.rejected(),
                        kept);
        spec.commandLine().getOut().flush();
        return switch (result.ending()) {
            case Complete _, Paused _ -> counts.rejected() == 0 ? 0 : REJECTED;
            case Stopped(long line, String reason) ->
                    failed(
                            "stopped before line %d: %s%nimport: run it again with --resume"
                                    .formatted(line, reason));
        };
    }

    private int failed(String message) {
        spec.commandLine().getErr().println("import: " + message);
        spec.commandLine().getErr().flush();
        return FAULT;
    }

    private ImportSettings settings() {
        try {
            Limits defaults = Limits.DEFAULT;
            return new ImportSettings(
                    file,
                    chosenFormat(),
                    shape(),
                    url,
                    new Limits(
                            inFlight,
                            rowBytes,
                            defaults.checkpointRows(),
                            Duration.ofSeconds(patienceSeconds),
                            defaults.requestTimeout()),
                    resume ? Start.CHECKPOINT : Start.BEGINNING);
        } catch (IllegalArgumentException mistake) {
            throw new ParameterException(
                    spec.commandLine(), String.valueOf(mistake.getMessage()), mistake);
        }
    }

    private Shape shape() {
        Shape shape;
        if (kind.type != null) {
            shape = Shape.ofType(kind.type);
        } else if (kind.set != null && key != null) {
            shape = new Shape(kind.set, KeyField.parse(key), Set.of(), Set.of());
        } else {
            shape = Shape.ofSet(String.valueOf(kind.set));
        }
        return shape.with(
                numbers == null ? Set.of() : numbers, booleans == null ? Set.of() : booleans);
    }

    private Format chosenFormat() {
        Format chosen =
                switch (format) {
                    case null -> delimiter == null ? Format.of(file) : new Format.Csv(delimiter);
                    case "csv" -> new Format.Csv(',');
                    case "ndjson" -> new Format.Ndjson();
                    default -> throw new IllegalArgumentException("no format '" + format + "'");
                };
        return chosen instanceof Format.Csv && delimiter != null
                ? new Format.Csv(delimiter)
                : chosen;
    }
}
