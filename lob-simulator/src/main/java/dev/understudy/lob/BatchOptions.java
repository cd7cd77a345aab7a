package dev.understudy.lob;

import dev.understudy.lob.contoso.Batch;
import picocli.CommandLine.Option;

/** Which generated data a command uses: the same seed and batch give the same data. */
final class BatchOptions {

    @Option(
            names = "--seed",
            defaultValue = "42",
            paramLabel = "N",
            description = "seed of the generated data (default: ${DEFAULT-VALUE})")
    long seed;

    @Option(
            names = "--batch",
            defaultValue = "1",
            paramLabel = "N",
            description = "which batch of the seed (default: ${DEFAULT-VALUE})")
    int number;

    Batch batch() {
        return new Batch(seed, number);
    }
}
