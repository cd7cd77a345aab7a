package dev.understudy.cli.letters;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One letter, as JSON. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows a dead letter: decoded as far as possible, and its bytes in base64.")
final class ShowCommand implements Callable<Integer> {
    @Mixin private ReplicatorClient replicator;

    @Parameters(paramLabel = "ID", description = "The letter, such as 2@17.")
    private String id;

    @Spec private CommandSpec spec;

    private ShowCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        return DeadLettersCommand.run(
                spec,
                () -> {
                    spec.commandLine()
                            .getOut()
                            .println(
                                    replicator
                                            .read("/" + ReplicatorClient.encoded(id), Map.of())
                                            .toPrettyString());
                    return 0;
                });
    }
}
