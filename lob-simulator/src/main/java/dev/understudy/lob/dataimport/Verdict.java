package dev.understudy.lob.dataimport;

/** What became of a row. */
sealed interface Verdict {

    /** The instance took it. */
    record In() implements Verdict {}

    /** It holds nothing. */
    record Nothing() implements Verdict {}

    /** It cannot be used, or the instance refused it. */
    record Rejected(String code, String reason) implements Verdict {}
}
