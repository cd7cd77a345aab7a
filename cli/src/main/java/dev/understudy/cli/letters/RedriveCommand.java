package dev.understudy.cli.letters;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Applies letters again. */
@Command(
        name = "redrive",
        mixinStandardHelpOptions = true,
        description = "Applies dead letters again; safe at any time. Exit code 1 if one is left.")
final class RedriveCommand implements Callable<Integer> {
    private static final int PAGE = 500;

    @Mixin private ReplicatorClient replicator;
    @Mixin private Chosen chosen;

    @Spec private CommandSpec spec;

    private RedriveCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        chosen.check(spec);
        return DeadLettersCommand.run(spec, () -> chosen.isAll() ? all() : each());
    }

    private int each() throws InterruptedException {
        int code = 0;
        for (String id : chosen.ids()) {
            JsonNode result =
                    replicator.act("/" + ReplicatorClient.encoded(id) + "/redrive", Map.of());
            tell(result);
            if (!result.path("status").asText().equals("redriven")) {
                code = DeadLettersCommand.LEFT;
            }
        }
        return code;
    }

    private int all() throws InterruptedException {
        long redriven = 0;
        long left = 0;
        @Nullable String after = null;
        do {
            JsonNode answer = replicator.act("/redrive", chosen.filter.query(after, PAGE));
            answer.path("left").forEach(this::tell);
            redriven += answer.path("redriven").asLong();
            left += answer.path("left").size();
            after = answer.hasNonNull("next") ? answer.path("next").asText() : null;
        } while (after != null);
        spec.commandLine().getOut().printf("%d redriven, %d left.%n", redriven, left);
        return left == 0 ? 0 : DeadLettersCommand.LEFT;
    }

    private void tell(JsonNode result) {
        PrintWriter out = spec.commandLine().getOut();
        String id = result.path("id").asText();
        if (result.path("status").asText().equals("redriven")) {
            out.printf("%s redriven: %s%n", id, result.path("outcome").asText());
        } else {
            out.printf(
                    "%s stays: %s: %s%n",
                    id, result.path("reason").asText(), result.path("message").asText());
        }
    }
}
