package dev.understudy.cli.letters;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Gives letters up. */
@Command(
        name = "discard",
        mixinStandardHelpOptions = true,
        description = "Gives dead letters up, for good; they are no longer listed.")
final class DiscardCommand implements Callable<Integer> {
    private static final int PAGE = 500;

    @Mixin private ReplicatorClient replicator;
    @Mixin private Chosen chosen;

    @Spec private CommandSpec spec;

    private DiscardCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        chosen.check(spec);
        return DeadLettersCommand.run(spec, () -> chosen.isAll() ? all() : each());
    }

    private int each() throws InterruptedException {
        for (String id : chosen.ids()) {
            var _ = replicator.act("/" + ReplicatorClient.encoded(id) + "/discard", Map.of());
            spec.commandLine().getOut().println(id + " discarded");
        }
        return 0;
    }

    private int all() throws InterruptedException {
        long discarded = 0;
        @Nullable String after = null;
        do {
            JsonNode answer = replicator.act("/discard", chosen.filter.query(after, PAGE));
            discarded += answer.path("discarded").asLong();
            after = answer.hasNonNull("next") ? answer.path("next").asText() : null;
        } while (after != null);
        spec.commandLine().getOut().println(discarded + " discarded.");
        return 0;
    }
}
