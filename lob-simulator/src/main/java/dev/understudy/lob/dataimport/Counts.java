package dev.understudy.lob.dataimport;

/** How many rows went in and how many did not; blank rows are neither. */
public record Counts(long accepted, long rejected) {

    static final Counts NONE = new Counts(0, 0);

    public long rows() {
        return accepted + rejected;
    }

    Counts plusAccepted() {
        return new Counts(accepted + 1, rejected);
    }

    Counts plusRejected() {
        return new Counts(accepted, rejected + 1);
    }
}
