package dev.understudy.lob;

import dev.understudy.lob.client.Submission;

/** What became of reference data that was loaded at the source. */
public record LoadResult(Submission accounts, Submission contacts) {

    public boolean complete() {
        return accounts.complete() && contacts.complete();
    }
}
