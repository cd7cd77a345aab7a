package dev.understudy.lob.client;

import dev.understudy.lob.client.Submission.Failure;
import dev.understudy.lob.client.Submission.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What became of one entity of a bulk submission. */
sealed interface Attempt {

    record Stored() implements Attempt {}

    record Failed(Reason reason, String code, String message) implements Attempt {}

    /** How many messages are kept of each code. */
    int SAMPLES = 3;

    static Submission tally(List<Attempt> attempts) {
        int accepted = 0;
        Map<String, List<Failed>> failedByCode = new TreeMap<>();
        for (Attempt attempt : attempts) {
            switch (attempt) {
                case Stored _ -> accepted++;
                case Failed failed ->
                        failedByCode
                                .computeIfAbsent(failed.code(), _ -> new ArrayList<>())
                                .add(failed);
            }
        }
        List<Failure> failures = failedByCode.values().stream().map(Attempt::failure).toList();
        return new Submission(attempts.size(), accepted, failures);
    }

    private static Failure failure(List<Failed> alike) {
        Failed first = alike.getFirst();
        List<String> samples = alike.stream().limit(SAMPLES).map(Failed::message).toList();
        return new Failure(first.reason(), first.code(), alike.size(), samples);
    }
}
