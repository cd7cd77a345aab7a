package dev.understudy.lob.report;

import dev.understudy.lob.client.Submission;
import java.util.stream.Collectors;

/** Whether there is a report on a submission: only when all of its tickets were accepted. */
public sealed interface ReportOutcome {

    /** There is a report; it may still be incomplete. */
    record Generated(ProblemTicketReport report) implements ReportOutcome {}

    /** There is none, because it would miss tickets: {@code reason} counts them by error code. */
    record NotGenerated(String reason) implements ReportOutcome {}

    /** Why a submission allows no report. */
    static NotGenerated notGenerated(Submission submission) {
        String codes =
                submission.failuresByCode().entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", "));
        return new NotGenerated(
                "%d of %d tickets could not be submitted: %s"
                        .formatted(submission.failed(), submission.submitted(), codes));
    }
}
