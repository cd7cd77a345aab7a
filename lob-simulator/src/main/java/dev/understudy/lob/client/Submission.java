package dev.understudy.lob.client;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The result of a bulk submission: every entity is either accepted or counted in exactly one
 * failure.
 */
public record Submission(int submitted, int accepted, List<Failure> failures) {

    /**
     * Why entities were not accepted: the instance said no, gave no usable answer, or was not asked
     * any more.
     */
    public enum Reason {
        REFUSED,
        UNANSWERED,
        NOT_SENT
    }

    /**
     * How often one error code came, with a few of its messages, each led by the entity's address.
     */
    public record Failure(Reason reason, String code, int count, List<String> samples) {
        public Failure {
            samples = List.copyOf(samples);
        }
    }

    public Submission {
        failures = List.copyOf(failures);
        int failed = failures.stream().mapToInt(Failure::count).sum();
        if (submitted != accepted + failed) {
            throw new IllegalArgumentException(
                    "%d submitted, but %d accepted and %d failed"
                            .formatted(submitted, accepted, failed));
        }
    }

    public boolean complete() {
        return accepted == submitted;
    }

    public int failed() {
        return submitted - accepted;
    }

    /** How many entities failed with each code, in the order of the codes. */
    public Map<String, Integer> failuresByCode() {
        return failures.stream()
                .collect(
                        Collectors.toMap(
                                Failure::code, Failure::count, Integer::sum, TreeMap::new));
    }
}
