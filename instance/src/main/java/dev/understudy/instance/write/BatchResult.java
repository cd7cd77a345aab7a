package dev.understudy.instance.write;

import java.util.List;

/** What became of writes that are done together or not at all. */
public sealed interface BatchResult {
    /**
     * Committed.
     *
     * @param results in the order of the requests, none of them a refusal
     */
    record Committed(List<WriteResult> results) implements BatchResult {
        public Committed {
            results = List.copyOf(results);
        }
    }

    /**
     * Nothing was done.
     *
     * @param index of the request that was refused
     */
    record Refused(int index, Refusal refusal) implements BatchResult {}
}
