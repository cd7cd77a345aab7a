package dev.understudy.cli.demo;

import dev.understudy.store.digest.TypeVerdict;
import java.util.List;
import java.util.stream.Collectors;

/** Checks on what {@code understudy verify} says of a replica. */
final class Replicas {
    private Replicas() {}

    static Check equal(List<TypeVerdict> verdicts) {
        String seen = verdicts.stream().map(Replicas::seen).collect(Collectors.joining(", "));
        return new Check("owner and replica equal", areEqual(verdicts), seen);
    }

    /** Whether all types agree, and nothing is under way. */
    static boolean areEqual(List<TypeVerdict> verdicts) {
        return !verdicts.isEmpty() && verdicts.stream().allMatch(Replicas::isEqual);
    }

    private static boolean isEqual(TypeVerdict verdict) {
        TypeVerdict.Counts counts = verdict.counts();
        return verdict.answer() == TypeVerdict.Answer.AGREES
                && counts.equal() > 0
                && counts.inFlight() + counts.placeholders() == 0;
    }

    private static String seen(TypeVerdict verdict) {
        String name = verdict.type().substring(verdict.type().lastIndexOf('.') + 1);
        TypeVerdict.Counts counts = verdict.counts();
        return isEqual(verdict)
                ? "%s %,d rows".formatted(name, counts.equal())
                : "%s: %,d equal, %,d in flight, %,d placeholders, %,d diverged, such as %s"
                        .formatted(
                                name,
                                counts.equal(),
                                counts.inFlight(),
                                counts.placeholders(),
                                verdict.diverged().size(),
                                verdict.diverged().stream().limit(5).toList());
    }
}
