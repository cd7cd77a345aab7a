package dev.understudy.cli.letters;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A page of open letters, a line each. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists open dead letters, a page at a time.")
final class ListCommand implements Callable<Integer> {
    private static final String LINE = "%-12s %-20s %-15s %-24s %-36s %s%n";

    @Mixin private ReplicatorClient replicator;
    @Mixin private Filter filter;

    @Option(names = "--after", paramLabel = "ID", description = "Begins after this letter.")
    private @Nullable String after;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "So many at most, 1 to 500. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Spec private CommandSpec spec;

    private ListCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        return DeadLettersCommand.run(spec, this::list);
    }

    private int list() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        JsonNode answer = replicator.read("", filter.query(after, limit));
        JsonNode letters = answer.path("deadLetters");
        if (!letters.isEmpty()) {
            out.printf(LINE, "ID", "TIME", "REASON", "TYPE", "KEY", "MESSAGE");
        }
        for (JsonNode letter : letters) {
            out.printf(
                    LINE,
                    letter.path("id").asText(),
                    shortened(letter.path("time").asText(), 19),
                    letter.path("reason").asText(),
                    letter.path("type").asText(),
                    shortened(letter.path("key").asText(), 36),
                    letter.path("message").asText().replaceAll("\\s+", " "));
        }
        out.printf("%d shown, %d open.%n", letters.size(), answer.path("open").asInt());
        if (answer.hasNonNull("next")) {
            out.println("More: --after " + answer.path("next").asText());
        }
        return 0;
    }

    private static String shortened(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
