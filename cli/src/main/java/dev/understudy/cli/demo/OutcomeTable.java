package dev.understudy.cli.demo;

import java.util.List;
import java.util.Locale;

/** The outcome of each act, a line for each promise. */
final class OutcomeTable {
    private OutcomeTable() {}

    static String render(List<ActOutcome> outcomes) {
        StringBuilder text = new StringBuilder();
        for (ActOutcome outcome : outcomes) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%n%-62s %6.1f s   %s%n",
                            outcome.title(),
                            outcome.took().toMillis() / 1000.0,
                            outcome.asSaid() ? "as said" : "NOT AS SAID"));
            for (Check check : outcome.checks()) {
                text.append(
                        "  %s %-34s %s%n"
                                .formatted(
                                        check.held() ? "✓" : "✗", check.promise(), check.seen()));
            }
        }
        return text.toString();
    }
}
