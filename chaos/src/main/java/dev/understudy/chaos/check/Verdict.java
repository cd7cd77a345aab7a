package dev.understudy.chaos.check;

import java.util.List;

/**
 * What a checker found.
 *
 * @param judged how many writes, events, rows or looks it judged: none proves nothing
 * @param violations each that was found, for a person
 */
public record Verdict(Guarantee guarantee, long judged, List<String> violations) {
    /** Copies. */
    public Verdict {
        violations = List.copyOf(violations);
    }

    /** Whether the guarantee was seen to hold. */
    public boolean holds() {
        return violations.isEmpty() && judged > 0;
    }
}
