package dev.understudy.store.digest;

import java.util.List;

/**
 * What a comparison found.
 *
 * @param agreed rows, deletion markers among them, that are the same on both sides
 * @param compared the fields that both sides hold
 * @param notCompared the fields that only one side holds, or each as another type
 * @param differences in the order in which they were found
 * @param complete whether all was compared; false if it stopped at the most differences to report
 */
public record DigestReport(
        String type,
        long agreed,
        List<String> compared,
        List<String> notCompared,
        List<Difference> differences,
        boolean complete) {
    public DigestReport {
        compared = List.copyOf(compared);
        notCompared = List.copyOf(notCompared);
        differences = List.copyOf(differences);
    }

    /** Whether everything was compared and nothing differs. */
    public boolean agrees() {
        return complete && differences.isEmpty();
    }
}
