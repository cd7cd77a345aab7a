package dev.understudy.system;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;

/**
 * One test class, run by itself on a class path that has a mutation: {@code mutations/run} starts
 * it. Ends with 0 if it passes, 1 if an assertion fails, 2 if anything else does.
 */
final class MutantRun {
    private static final int PASSED = 0;
    private static final int CAUGHT = 1;
    private static final int BROKEN = 2;

    private MutantRun() {}

    static void main(String[] arguments) {
        LauncherDiscoveryRequest request =
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(arguments[0]))
                        .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        System.exit(verdict(listener.getSummary()));
    }

    private static int verdict(TestExecutionSummary summary) {
        int verdict = summary.getTestsSucceededCount() > 0 ? PASSED : BROKEN;
        for (Failure failure : summary.getFailures()) {
            Throwable cause = failure.getException();
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            boolean asserted = cause instanceof AssertionError;
            String message = String.valueOf(cause);
            System.out.printf(
                    "%s %s %.400s%n",
                    asserted ? "CAUGHT BY" : "BROKEN IN",
                    failure.getTestIdentifier().getDisplayName(),
                    message.replace('\n', ' '));
            verdict = verdict == CAUGHT || asserted ? CAUGHT : BROKEN;
        }
        return verdict;
    }
}
