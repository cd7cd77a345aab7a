package dev.understudy.cli.letters;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Letters by their IDs, or all of a kind. */
final class Chosen {
    @Mixin Filter filter;

    @Parameters(paramLabel = "ID", arity = "0..*", description = "Letters, such as 2@17.")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--all", description = "All that are open, or of those options.")
    private boolean all;

    private Chosen() {}

    boolean isAll() {
        return all;
    }

    List<String> ids() {
        return List.copyOf(ids);
    }

    /** Nothing is done by mistake. */
    void check(CommandSpec spec) {
        if (all == !ids.isEmpty() || (!all && filter.isGiven())) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Name letters by their IDs, or --all, perhaps with --reason and --type");
        }
    }
}
